/** Sentences by their key, in the language of whoever reads. Each has a catalogue of the same keys. */

import { en } from './messages/en'
import type { Sentence } from './messages/translation'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

type Catalogue = typeof en
export type MessageKey = keyof Catalogue

/** The names between braces in a sentence: "{n} of {total}" has n and total. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type TextOf<Key extends MessageKey> = Catalogue[Key] extends { other: infer Text }
  ? Text
  : Catalogue[Key]
type Values<Key extends MessageKey> = Record<Names<TextOf<Key>>, string | number>

let spoken: Language = 'en'
let sentences: Record<MessageKey, Sentence> = en
let plural = new Intl.PluralRules(spoken)
let number = new Intl.NumberFormat(spoken)

export const language = (): Language => spoken

/** Change the language. Called before the page is drawn: a page in two languages helps nobody. */
export async function speak(wanted: Language): Promise<void> {
  sentences = wanted === 'de' ? (await import('./messages/de')).de : en
  spoken = wanted
  plural = new Intl.PluralRules(wanted)
  number = new Intl.NumberFormat(wanted)
}

/** The sentence, with its values put in. `n` chooses between one and many. */
export function t<Key extends MessageKey>(
  key: Key,
  ...values: [Names<TextOf<Key>>] extends [never] ? [] : [Values<Key>]
): string {
  const given = (values[0] ?? {}) as Record<string, string | number>
  const entry = sentences[key]
  const text = typeof entry === 'string' ? entry : entry[isOne(given.n) ? 'one' : 'other']
  return text.replace(/\{(\w+)\}/g, (_, name: string) => written(given[name]))
}

const isOne = (n: string | number | undefined) => plural.select(Number(n)) === 'one'

const written = (value: string | number | undefined) =>
  typeof value === 'number' ? number.format(value) : (value ?? '')

/** A word for a value of the API, or the value itself where it is newer than this page. */
export function word(family: string, value: string): string {
  const key = `${family}.${value}`
  const known = Object.hasOwn(en, key) ? (key as MessageKey) : null
  const entry = known ? sentences[known] : value
  return typeof entry === 'string' ? entry : value
}
