/** What people disagree on: whether a dimension is involved, or by more than one level. */

import { DIMENSIONS, type Dimension, type Levels } from './types'

export type Dispute = 'involved' | 'level' | null

const NEAR = 1

export function disputeOf(levels: readonly number[]): Dispute {
  const involved = levels.filter(level => level > 0)
  if (involved.length > 0 && involved.length < levels.length) return 'involved'
  return Math.max(...levels) - Math.min(...levels) > NEAR ? 'level' : null
}

export function disputes(ratings: readonly { levels: Levels }[]): Record<Dimension, Dispute> {
  const pairs = DIMENSIONS.map(dimension => [
    dimension,
    ratings.length > 1 ? disputeOf(ratings.map(({ levels }) => levels[dimension])) : null,
  ])
  return Object.fromEntries(pairs)
}
