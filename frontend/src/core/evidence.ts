/** What is told of how an answer came to be. */

import { attentionOut } from './attention'
import type { Draft } from './draft'
import { language } from './messages'
import type { Evidence } from './ratingTypes'
import { skew } from './skew'
import { rounded } from './watch'

type Seen = Pick<Draft, 'coverage' | 'secondsVisible' | 'changes' | 'attention'>

/** `rate` is the player's at the end, `duration` the video's in seconds. */
export const evidenceOf = (seen: Seen, rate: number, duration: number): Evidence => ({
  watched: rounded(seen.coverage, duration),
  seconds_visible: Math.round(seen.secondsVisible * 10) / 10,
  rate,
  changes: seen.changes,
  ...attentionOut(seen.attention),
  language: language(),
  skew: skew(),
})
