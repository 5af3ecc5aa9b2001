/** The answers to one item as they come in: which question is on screen, and what was said. */

import { DIMENSIONS, type Dimension, type Level, type Levels } from './types'

export type Answers = Partial<Levels>
/** `at` is the question on screen, or the summary. `pending`: answered, and about to move on. */
export type Rating = {
  readonly order: readonly Dimension[]
  readonly at: Dimension | 'summary'
  readonly answers: Answers
  readonly changes: number
  readonly pending: boolean
}
export type Action =
  | { type: 'answer'; level: Level; moveOn: boolean; to?: Dimension }
  | { type: 'moveOn' }
  | { type: 'next' }
  | { type: 'back' }
  | { type: 'jump'; to: Dimension | 'summary' }
  /** Answers given elsewhere, which went further. */
  | { type: 'restore'; answers: Answers; changes: number }

/** Begin, or go on with answers from a draft, at the first question without one. */
export function begin(
  order: readonly Dimension[] = DIMENSIONS,
  draft: { answers: Answers; changes: number } = { answers: {}, changes: 0 },
): Rating {
  return { order, ...draft, at: firstOpen(order, draft.answers), pending: false }
}

export function rate(rating: Rating, action: Action): Rating {
  switch (action.type) {
    case 'answer':
      return answer(rating, action)
    case 'moveOn':
      return rating.pending ? forward(rating) : rating
    case 'next':
      return canGoOn(rating) ? forward(rating) : rating
    case 'back':
      return { ...rating, at: before(rating), pending: false }
    case 'jump':
      return { ...rating, at: action.to, pending: false }
    case 'restore':
      return begin(rating.order, { answers: action.answers, changes: action.changes })
  }
}

/**
 * A press of the mouse says which question it answers. A digit does not: fast fingers are ahead of
 * the pause before the next question, so a digit during the pause is for that next question.
 */
function answer(
  rating: Rating,
  { level, moveOn, to }: Extract<Action, { type: 'answer' }>,
): Rating {
  const here = rating.pending && to === undefined ? forward(rating) : rating
  if (here.at === 'summary' || (to !== undefined && to !== here.at)) return here
  const before = here.answers[here.at]
  return {
    ...here,
    answers: { ...here.answers, [here.at]: level },
    changes: here.changes + (before === undefined || before === level ? 0 : 1),
    pending: moveOn,
  }
}

/** To the next question without an answer, round the corner if need be; then to the summary. */
function forward(rating: Rating): Rating {
  const here = (rating.order as readonly string[]).indexOf(rating.at)
  const ahead = [...rating.order.slice(here + 1), ...rating.order.slice(0, here + 1)]
  return { ...rating, at: firstOpen(ahead, rating.answers), pending: false }
}

const firstOpen = (order: readonly Dimension[], answers: Answers): Rating['at'] =>
  order.find(dimension => answers[dimension] === undefined) ?? 'summary'

function before({ order, at }: Rating): Rating['at'] {
  const here = at === 'summary' ? order.length : order.indexOf(at)
  return order[Math.max(0, here - 1)] ?? at
}

const canGoOn = ({ at, answers }: Rating) => at !== 'summary' && answers[at] !== undefined

/** All five levels, or null while one is missing. */
export function complete(answers: Answers): Levels | null {
  return DIMENSIONS.every(dimension => answers[dimension] !== undefined)
    ? (answers as Levels)
    : null
}
