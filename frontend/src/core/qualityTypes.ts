/** Checks and what they tell, the queue as the staff see it, remarks, and the protocol. */

import type { components } from './schema'
import type { Dimension, Levels } from './types'

type Schemas = components['schemas']

export type StandingState = 'practising' | 'qualified' | 'failed'
export type CheckedDimension = Schemas['CheckedDimension']
export type AnnotatorRecord = Schemas['AnnotatorRecordOut']
export type RatedRow = Schemas['RatedRow']
export type Standing = {
  annotator: { id: number; username: string; name: string }
  state: StandingState
  score: number | null
  since: string | null
  /** Who decided, where it was not the score alone. */
  by: string | null
  practice_done: number
  exam_done: number
  gold: { answers: number; passed_share: number | null } | null
  twins: { shown: number; noticed_share: number | null } | null
  repeats: {
    pairs: number
    exact_share: number | null
    within_one_share: number | null
  } | null
  median_seconds: number | null
  /** How much of the videos was seen, where answers tell it. */
  watched: { answers: number; share: number } | null
  signals: Record<string, number>
  /** When it was added up; null: now. */
  as_of: string | null
}

export const REFERENCES = ['practice', 'exam', 'gold'] as const
export type Reference = (typeof REFERENCES)[number]
export type CheckPurpose = Reference | 'twin'
export type Notes = Partial<Record<Dimension, string>>

type Clip = { video_url: string; poster_url: string; video_name: string }

export type Check = Clip & {
  item: number
  purpose: CheckPurpose
  caption_text: string
  /** Of a twin: the caption as it was written. */
  original_text: string | null
  captioner: string
  /** Of a twin there are none. */
  levels: Partial<Levels>
  notes: Notes
  spoiled: Dimension | ''
  answers: number
  passed_share: number | null
  withdrawn: boolean
}
export type NewCheck = { caption: number; purpose: Reference; levels: Levels; notes: Notes }
export type CheckChange = { levels?: Levels; notes?: Notes; withdrawn?: boolean }
export type NewTwin = { caption: number; dimension: Dimension; text: string }
export type Suggestion = { text: string; by: string }

export type Candidate = Clip & {
  caption: number
  text: string
  kind: string
  captioner: string
  seconds: number
  means: Partial<Record<Dimension, number | null>> | null
}

export type QueueTier = {
  tier: number
  reason: string
  purpose: string
  items: number
  open: number
  leased: number
  finished: number
}
export type Queue = {
  tiers: QueueTier[]
  stratum: { share: number; items: number; finished: number }
  leased: number
  late: number
  over: number
  withdrawn: number
  standing: Record<StandingState, number>
}
export type LedgerRow = {
  slot: number
  item: number
  caption_text: string
  annotator: string
  submitted_at: string
  late: boolean
  n_done: number
  overlap: number
}
export type Withdrawn = {
  item: number
  video_name: string
  poster_url: string
  caption_text: string
  reports: { annotator: string; at: string }[]
}
export type Priority = {
  reason: string
  tier: 0 | 10
  captioner?: string
  captions?: number[]
}

export type InboxFilter = { open: boolean; kind: '' | InboxRow['kind'] }
export type InboxRow = {
  id: number
  kind: 'flag' | 'comment'
  text: string
  annotator: string
  slot: number
  caption_text: string
  video_url: string
  poster_url: string
  made_at: string
  resolved_at: string | null
  resolved_by: string | null
}

export type Protocol = {
  overlap: number
  auto_advance: boolean
  random_order: boolean
  watch_share: number
  lease_seconds: number
  random_share: number
  check_share: number
  repeat_share: number
  practice_required: boolean
  pass_share: number
  break_minutes: number
  rubric_version: number
}
