/** What one has said before, and about what: history, remarks, examples, feedback. */

import type { Claim, Dimension, Level, Levels } from './types'

export type Purpose = 'rate' | 'practice' | 'exam' | 'vote'

/** What is known of a slot in any state: of one just lent, and of one opened again. */
export type Held = Claim & {
  purpose: Purpose
  submitted: { revision: number; submitted_at: string; levels: Levels } | null
  note: { done: number; of: number } | null
}

export type Past = {
  slot: number
  purpose: 'rate'
  state: 'submitted' | 'skipped'
  submitted_at: string | null
  late: boolean
  revision: number
  caption_text: string
  poster_url: string
  seconds: number
  levels: Levels | null
  flagged: boolean
}

export type Marked = {
  dimension: Dimension
  given: Level
  expected: Level
  passed: boolean
  note: string
}
export type Feedback = { passed: boolean; dimensions: Marked[] }
export type Receipt = {
  slot: number
  submitted_at: string
  late: boolean
  revision: number
  feedback: Feedback | null
}

export type RemarkKind = 'flag' | 'comment'
export type Remark = {
  id: number
  kind: RemarkKind
  text: string
  made_at: string
  resolved_at: string | null
}

export type Example = {
  level: Level
  caption_text: string
  note: string
  video_url: string
  poster_url: string
  seconds: number
}
export type Examples = Partial<Record<Dimension, Example[]>>
