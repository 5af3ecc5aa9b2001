/** What the API speaks of, by the schema that it publishes. */

import type { components } from './schema'

type Schemas = components['schemas']
/** The schema calls optional whatever need not be sent; in an answer it is always there. */
type Whole<T> = Required<T>

export const DIMENSIONS = ['object', 'feature', 'action', 'camera', 'background'] as const
export type Dimension = Schemas['DimensionEnum']
export const LEVELS = [0, 1, 2, 3, 4, 5] as const
export type Level = (typeof LEVELS)[number]
export type Levels = Record<Dimension, Level>

export type Role = Schemas['Role']
export type { Session } from './peopleTypes'
export type Page<Row> = { results: Row[]; next: string | null }

export type Video = Schemas['VideoOut']
export type Outcome = Schemas['OutcomeEnum']
export type LineNote = Schemas['Note']
export type VideoReport = Schemas['VideoOutcomeOut']
export type CaptionsReport = Schemas['CaptionsReportOut']
export type FileReport = Schemas['FileReport']
export type Import = Schemas['ImportOut']

export type Question = Schemas['QuestionOut']
export type RubricLevel = Schemas['LevelOut'] & { value: Level }
export type Rubric = Omit<Schemas['RubricOut'], 'levels'> & { levels: RubricLevel[] }
export type Progress = Schemas['ProgressOut']
export type Claim = Omit<Schemas['SlotOut'], 'protocol'> & {
  protocol: Whole<Schemas['ProtocolOut']>
}
export type Submission = Schemas['SubmissionInRequest']
export type SkipReason = Schemas['SkipReason']

export type Snapshot = Whole<Schemas['SnapshotOut']>

/** The stages that a turn walks through, and with them those that stand beside it. */
export const TURN = ['scorer', 'score', 'select', 'finetune', 'evaluate'] as const
export const STAGES = ['caption', ...TURN, 'distill'] as const
export type Stage = (typeof STAGES)[number]
export type Kind = Schemas['RunKind']
export type RunState = Schemas['RunState']
export type Run = Whole<Schemas['RunOut']>
export type RunDetail = Whole<Omit<Schemas['RunDetail'], 'stages' | 'parents'>> & {
  stages: Run[]
  parents: Whole<Schemas['ParentOut']>[]
}
export type Wish = { kind: Kind; options?: Record<string, unknown>; parents?: number[] }
export type Series = Record<string, [step: number, value: number][]>
export type Selected = Schemas['Selected']

export type Interval = Schemas['Interval']
export type Source = Schemas['SourceEnum']
export type CaptionerRow = Schemas['CaptionerRow']
export type ScorerRow = Schemas['ScorerRow']
export type Leaderboard = Schemas['Board']
