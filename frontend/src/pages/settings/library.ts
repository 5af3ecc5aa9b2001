/** The library's rubric in German: the catalogue has it, the server does not. */

import { rate } from '../../core/messages/de/rate'
import type { Texts, Wording } from '../../core/settingsTypes'
import { DIMENSIONS, LEVELS } from '../../core/types'

const LIBRARY = 1

/** The words as people are asked in them: version 1 has German, too. */
export const translated = (texts: Texts, version: number): Texts =>
  version === LIBRARY ? { ...texts, de: german() } : texts

function german(): Wording {
  const questions = DIMENSIONS.map(dimension => {
    const title = String(rate[`rate.rubric.${dimension}.title`])
    const text = String(rate[`rate.rubric.${dimension}.text`])
    return [dimension, { title, text, examples: [] as string[] }] as const
  })
  const levels = LEVELS.map(level => {
    const phrase = String(rate[`rate.rubric.${level}.phrase`])
    const sentence = String(rate[`rate.rubric.${level}.sentence`])
    return [`${level}`, { phrase, sentence }] as const
  })
  return {
    guideline: '',
    questions: Object.fromEntries(questions) as Wording['questions'],
    levels: Object.fromEntries(levels) as Wording['levels'],
  }
}
