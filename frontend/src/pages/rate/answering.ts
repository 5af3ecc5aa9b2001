/** What the panel needs of an item, whether it is answered for the first time or again. */

import type { Dimension, Question } from '../../core/types'
import type { Item } from './useItem'

export type Answering = Pick<
  Item,
  | 'rating'
  | 'dispatch'
  | 'answer'
  | 'player'
  | 'watched'
  | 'unseen'
  | 'levels'
  | 'submit'
  | 'saving'
> & {
  watchShare: number
  /** The name of the key that goes on and submits; empty while there is none. */
  enterKey: string
  revising: { number: number; changed: boolean } | null
}

/** The questions as this caption asks them. */
export function inOrder(
  questions: readonly Question[],
  order: readonly Dimension[],
): readonly Question[] {
  return [...questions].sort(
    (one, other) => order.indexOf(one.dimension) - order.indexOf(other.dimension),
  )
}
