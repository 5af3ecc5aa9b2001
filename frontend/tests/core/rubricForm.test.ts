import { expect, it } from 'vitest'
import {
  changesBetween,
  germanBetween,
  missing,
  PLACES,
  questionPlaces,
  wordingOf,
  wordsOf,
} from '../../src/core/rubricForm'
import type { Wording } from '../../src/core/settingsTypes'
import { DIMENSIONS, LEVELS } from '../../src/core/types'

const wording: Wording = {
  guideline: 'Watch it whole.',
  questions: Object.fromEntries(
    DIMENSIONS.map(name => [name, { title: name, text: `${name}?`, examples: ['One', 'Two'] }]),
  ) as Wording['questions'],
  levels: Object.fromEntries(
    LEVELS.map(level => [level, { phrase: `P${level}`, sentence: `S${level}.` }]),
  ) as Wording['levels'],
}
const object = questionPlaces('object')

it('gives the same words back', () => {
  expect(wordingOf(wordsOf(wording))).toEqual(wording)
  expect(Object.keys(wordsOf(wording)).sort()).toEqual([...PLACES].sort())
})

it('takes each line for an example, and leaves out empty ones', () => {
  const words = { ...wordsOf(wording), [object.examples]: ' One \n\n Three\n' }
  expect(wordingOf(words).questions.object.examples).toEqual(['One', 'Three'])
})

it('misses what may not be empty', () => {
  const words = { ...wordsOf(wording), guideline: '', [object.examples]: '', [object.text]: ' ' }
  expect(missing(words)).toEqual([object.text])
})

it('tells what changed, in each language', () => {
  const after = { ...wording, guideline: 'Watch it twice.' }
  expect(changesBetween({ en: wording }, { en: after })).toEqual([
    {
      language: 'en',
      place: 'guideline',
      before: 'Watch it whole.',
      after: 'Watch it twice.',
    },
  ])
})

it('tells of a language that came or went as a whole', () => {
  const [one, both] = [{ en: wording }, { en: wording, de: wording }]
  expect(changesBetween(one, both)).toEqual([])
  expect(germanBetween(one, both)).toBe('added')
  expect(germanBetween(both, one)).toBe('gone')
  expect(germanBetween(both, both)).toBe(null)
})
