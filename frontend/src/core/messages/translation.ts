/** What a catalogue in another language has to say: the same keys, with the same plurals. */

export type Sentence = string | { readonly one: string; readonly other: string }

export type Translation<English extends Record<string, Sentence>> = {
  readonly [Key in keyof English]: English[Key] extends string
    ? string
    : { readonly one: string; readonly other: string }
}
