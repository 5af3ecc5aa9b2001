/** Sentences by their key. A second language is a second catalogue with the same keys. */

import { en } from './messages/en'

type Catalogue = typeof en
export type MessageKey = keyof Catalogue

/** The names between braces in a sentence: "{n} of {total}" has n and total. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type TextOf<Key extends MessageKey> = Catalogue[Key] extends { other: infer Text }
  ? Text
  : Catalogue[Key]
type Values<Key extends MessageKey> = Record<Names<TextOf<Key>>, string | number>

const plural = new Intl.PluralRules('en')
const number = new Intl.NumberFormat('en')

/** The sentence, with its values put in. `n` chooses between one and many. */
export function t<Key extends MessageKey>(
  key: Key,
  ...values: [Names<TextOf<Key>>] extends [never] ? [] : [Values<Key>]
): string {
  const given = (values[0] ?? {}) as Record<string, string | number>
  const entry: string | { one: string; other: string } = en[key]
  const text = typeof entry === 'string' ? entry : entry[isOne(given.n) ? 'one' : 'other']
  return text.replace(/\{(\w+)\}/g, (_, name: string) => written(given[name]))
}

const isOne = (n: string | number | undefined) => plural.select(Number(n)) === 'one'

const written = (value: string | number | undefined) =>
  typeof value === 'number' ? number.format(value) : (value ?? '')

/** A word for a value of the API, or the value itself where it is newer than this page. */
export function word(family: string, value: string): string {
  const key = `${family}.${value}`
  const entry = Object.hasOwn(en, key) ? en[key as MessageKey] : value
  return typeof entry === 'string' ? entry : value
}
