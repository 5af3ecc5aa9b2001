/** In which order, and in whose words, the questions are asked. */

import { language, word } from './messages'
import type { Dimension, Rubric } from './types'

/**
 * The dimensions as they are, or shuffled by the slot: another order for each caption, and the
 * same again after a reload.
 */
export function askedInOrder(
  dimensions: readonly Dimension[],
  slot: number,
  random: boolean,
): Dimension[] {
  const order = [...dimensions]
  if (!random) return order
  const next = numbers(slot)
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1))
    const [one, two] = [order[last], order[other]]
    if (one && two) [order[last], order[other]] = [two, one]
  }
  return order
}

/** Numbers from 0 to 1 that look random and depend on the seed alone (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Which version the catalogues hold. Of another one the server's own words are right. */
const TRANSLATED = 1

export function inOurWords(rubric: Rubric): Rubric {
  if (language() === 'en' || rubric.version !== TRANSLATED) return rubric
  return {
    ...rubric,
    questions: rubric.questions.map(question => ({
      ...question,
      title: said(`${question.dimension}.title`, question.title),
      text: said(`${question.dimension}.text`, question.text),
    })),
    levels: rubric.levels.map(level => ({
      ...level,
      phrase: said(`${level.value}.phrase`, level.phrase),
      sentence: said(`${level.value}.sentence`, level.sentence),
    })),
  }
}

function said(key: string, theirs: string): string {
  const ours = word('rate.rubric', key)
  return ours === key ? theirs : ours
}
