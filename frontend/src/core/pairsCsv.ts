/** How each two captioners did against each other, as a file to compute with. */

import { toCsv } from './csv'
import type { PairResult } from './votesTypes'

const COLUMNS = [
  ...['one', 'two', 'wins_one', 'wins_two', 'ties', 'both_bad'],
  ...['win_rate_one', 'low', 'high'],
]

export const pairsCsv = (pairs: readonly PairResult[]): string =>
  toCsv(
    COLUMNS,
    pairs.map(({ one, two, wins_one, wins_two, ties, both_bad, win_rate }) => [
      ...[one, two, wins_one, wins_two, ties, both_bad],
      ...(win_rate ? [win_rate.value, win_rate.low, win_rate.high] : [null, null, null]),
    ]),
  )
