import { afterEach, describe, expect, it } from 'vitest'
import {
  bytes,
  clock,
  count,
  dateTime,
  decimal,
  duration,
  figure,
  percent,
} from '../../src/core/format'
import { chooseLanguage } from '../../src/core/languages'
import { speak, t } from '../../src/core/messages'
import { de } from '../../src/core/messages/de'
import { en } from '../../src/core/messages/en'

afterEach(() => speak('en'))

describe('chooseLanguage', () => {
  it.each([
    [{ profile: 'de', remembered: 'en', browser: ['en'] }, 'de'],
    [{ profile: '', remembered: 'de', browser: ['en'] }, 'de'],
    [{ profile: '', remembered: null, browser: ['fr-CH', 'de-AT', 'en'] }, 'de'],
    [{ remembered: 'klingon', browser: ['fr'] }, 'en'],
    [{}, 'en'],
  ] as const)('chooses for %j %s', (wishes, chosen) => expect(chooseLanguage(wishes)).toBe(chosen))
})

it('writes figures as the language does', async () => {
  await speak('de')
  expect(t('report.line', { line: 1200 })).toBe('Zeile 1.200')
  expect(count(1200)).toBe('1.200')
  expect(percent(0.5)).toMatch(/^50\s%$/)
  expect(decimal(-1.5)).toBe('−1,50')
  expect(figure(0.0002)).toBe('2,0e−4')
  expect(bytes(1234)).toBe('1,2 kB')
  expect(clock(7.46)).toBe('0:07,4')
  expect(duration(7500)).toBe('2 Std. 5 min')
  expect(dateTime('2026-09-01T12:00:00Z')).toMatch(/^01\.09\.2026, \d\d:00$/)
})

it('says in German all that it says in English, with the same values', () => {
  const names = (sentence: unknown) =>
    JSON.stringify(sentence)
      ?.match(/\{\w+\}/g)
      ?.sort() ?? []
  const german = de as Record<string, unknown>
  const differing = Object.entries(en).filter(
    ([key, sentence]) => !(key in german) || names(german[key]).join() !== names(sentence).join(),
  )
  expect(differing.map(([key]) => key)).toEqual([])
  expect(Object.keys(german).filter(key => !(key in en))).toEqual([])
})

const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

it('says nothing before it knows the language', () => {
  const early = Object.entries(sources).filter(([, source]) =>
    /^(const \w+ =| {2}\w+:) t\('/m.test(source),
  )
  expect(early.map(([path]) => path)).toEqual([])
})
