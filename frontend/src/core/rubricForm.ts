/** The words of a rubric as a form has them: one text for each place, examples one a line. */

import type { Language, Texts, Wording } from './settingsTypes'
import { DIMENSIONS, LEVELS } from './types'

/** A place in the rubric, such as `questions.object.text`. */
export type Place = string

export const GUIDELINE: Place = 'guideline'
export const questionPlaces = (dimension: string) => ({
  title: `questions.${dimension}.title`,
  text: `questions.${dimension}.text`,
  examples: `questions.${dimension}.examples`,
})
export const levelPlaces = (level: number) => ({
  phrase: `levels.${level}.phrase`,
  sentence: `levels.${level}.sentence`,
})

/** Every place, in the order in which the form has them. */
export const PLACES: readonly Place[] = [
  GUIDELINE,
  ...DIMENSIONS.flatMap(dimension => Object.values(questionPlaces(dimension))),
  ...LEVELS.flatMap(level => Object.values(levelPlaces(level))),
]
/** What may be left empty. */
const isOptional = (place: Place) => place === GUIDELINE || place.endsWith('.examples')

export type Words = Record<Place, string>

export function wordsOf(wording: Wording): Words {
  const words: Words = { [GUIDELINE]: wording.guideline }
  for (const dimension of DIMENSIONS) {
    const { title, text, examples } = questionPlaces(dimension)
    const question = wording.questions[dimension]
    Object.assign(words, {
      [title]: question.title,
      [text]: question.text,
      [examples]: question.examples.join('\n'),
    })
  }
  for (const level of LEVELS) {
    const { phrase, sentence } = levelPlaces(level)
    words[phrase] = wording.levels[level].phrase
    words[sentence] = wording.levels[level].sentence
  }
  return words
}

export function wordingOf(words: Words): Wording {
  const at = (place: Place) => (words[place] ?? '').trim()
  const lines = (place: Place) =>
    at(place)
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
  const questions = DIMENSIONS.map(dimension => {
    const { title, text, examples } = questionPlaces(dimension)
    return [dimension, { title: at(title), text: at(text), examples: lines(examples) }] as const
  })
  const levels = LEVELS.map(level => {
    const { phrase, sentence } = levelPlaces(level)
    return [`${level}`, { phrase: at(phrase), sentence: at(sentence) }] as const
  })
  return {
    guideline: at(GUIDELINE),
    questions: Object.fromEntries(questions) as Wording['questions'],
    levels: Object.fromEntries(levels) as Wording['levels'],
  }
}

/** The places that still need words. */
export const missing = (words: Words): Place[] =>
  PLACES.filter(place => !isOptional(place) && !(words[place] ?? '').trim())

export type Change = { language: Language; place: Place; before: string; after: string }

/** What differs between two versions, in the languages that both have. */
export function changesBetween(before: Texts, after: Texts): Change[] {
  return (['en', 'de'] as const).flatMap(language => {
    if (!before[language] || !after[language]) return []
    const [one, other] = [wordsOf(before[language]), wordsOf(after[language])]
    return PLACES.map(place => ({
      language,
      place,
      before: one[place] ?? '',
      after: other[place] ?? '',
    })).filter(change => change.before !== change.after)
  })
}

/** Whether German came or went; English is always there. */
export function germanBetween(before: Texts, after: Texts): 'added' | 'gone' | null {
  if (Boolean(before.de) === Boolean(after.de)) return null
  return after.de ? 'added' : 'gone'
}
