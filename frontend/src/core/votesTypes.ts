/** Comparisons of captioners by blind votes, in the words of the API. */

import type { Interval } from './types'

/** Why there is no figure. */
type Reason = 'no-votes'

export type Comparison = {
  id: number
  name: string
  kind: string
  overlap: number
  made_at: string
  captioners: string[]
  pairs: number
  votes_wanted: number
  votes_done: number
}
/** How `one` did against `two`; a tie, or both bad, is half a win. */
export type PairResult = {
  one: string
  two: string
  wins_one: number
  wins_two: number
  ties: number
  both_bad: number
  win_rate: Interval | null
  reason: Reason | null
}
export type Ranked = {
  captioner: string
  votes: number
  strength: Interval | null
  win_rate: Interval | null
  reason: Reason | null
}
export type Results = { ranking: Ranked[]; pairs: PairResult[]; tie: number | null }
export type ComparisonWithResults = Comparison & { results: Results }
export type Plan = {
  name: string
  captioners: string[]
  kind: string
  overlap: number
  videos: number | null
}
