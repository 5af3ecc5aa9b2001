/** What the API speaks of. */

export const DIMENSIONS = ['object', 'feature', 'action', 'camera', 'background'] as const
export type Dimension = (typeof DIMENSIONS)[number]
export const LEVELS = [0, 1, 2, 3, 4, 5] as const
export type Level = (typeof LEVELS)[number]
export type Levels = Record<Dimension, Level>

export type Role = 'annotator' | 'researcher' | 'admin'
export type Project = { slug: string; name: string; roles: Role[] }
export type Session = {
  user: { id: number; username: string } | null
  memberships: { project: { slug: string; name: string }; roles: Role[] }[]
}
export type Page<Row> = { results: Row[]; next: string | null }

export type Video = {
  id: number
  sha256: string
  names: string[]
  seconds: number
  width: number
  height: number
  fps: number
  split: 'train' | 'test'
  captions: number
  video_url: string
  poster_url: string
}
export type Outcome = 'accepted' | 'skipped' | 'refused'
export type LineNote = { line: number; reason: string }
export type VideoReport = { outcome: Outcome; name: string; reason: string; video: Video | null }
export type CaptionsReport = {
  name: string
  outcome: Outcome
  reason: string
  lines: number
  accepted: number
  skipped: number
  problems: LineNote[]
  skips: LineNote[]
}
export type FileReport = {
  kind: 'video' | 'captions'
  name: string
  outcome: Outcome
  reason: string
  lines?: number
  accepted?: number
  skipped?: number
  problems?: LineNote[]
  skips?: LineNote[]
}
export type Import = { id: number; at: string; by: string | null; report: { files: FileReport[] } }

export type Question = { dimension: Dimension; letter: string; title: string; text: string }
export type RubricLevel = { value: Level; phrase: string; sentence: string }
export type Rubric = { version: number; questions: Question[]; levels: RubricLevel[] }
export type Protocol = {
  overlap: number
  lease_seconds: number
  watch_share: number
  auto_advance: boolean
}
export type Progress = {
  items: number
  finished: number
  judgments: number
  ratings: number
  mine: number
  overlap: number
  withdrawn: number
  annotators: { id: number; username: string; ratings: number }[]
  dimensions: { dimension: Dimension; histogram: number[] }[]
}
export type Claim = {
  slot: number
  lease_until: string
  item: number
  caption: { id: number; kind: string; text: string }
  video: {
    sha256: string
    seconds: number
    video_url: string
    poster_url: string
    width: number
    height: number
  }
  protocol: Protocol
}
export type Evidence = {
  watched: [number, number][]
  seconds_visible: number
  rate: number
  changes: number
}
export type Submission = { client_key: string; levels: Levels; evidence: Evidence }
export type Submitted = { slot: number; submitted_at: string; late: boolean }
export type SkipReason = 'broken' | 'unsure'

export type Snapshot = {
  id: number
  digest: string
  as_of: string
  videos: number
  captions: number
  judgments: number
  created_by: string | null
  created_at: string
}

export const STAGES = ['scorer', 'score', 'select', 'finetune', 'evaluate'] as const
export type Stage = (typeof STAGES)[number]
export type Kind = Stage | 'turn'
export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
export type Run = {
  id: number
  kind: Kind
  state: RunState
  config: Record<string, unknown>
  attempt: number
  progress: { done: number; total: number; message: string }
  requested_by: string | null
  requested_at: string
  started_at: string | null
  finished_at: string | null
  result: Record<string, unknown>
  error_code: string
  error_detail: string
  turn: number | null
  cancel_requested: boolean
  digest: string
}
export type Artifact = { name: string; bytes: number; sha256: string; url: string }
export type RunDetail = Run & {
  parents: { id: number; kind: Kind; state: RunState }[]
  stages: Run[]
  artifacts: Artifact[]
  snapshot: { id: number; digest: string }
}
export type Series = Record<string, [number, number][]>
export type Selected = {
  video: { sha256: string; poster_url: string; video_url: string; seconds: number }
  caption: { id: number; text: string; captioner: string }
  score: number | null
  mean_paper: number | null
  levels: Record<Dimension, number | null>
}

export type Interval = { value: number; low: number; high: number }
export type Source = 'imported' | 'base model' | 'fine-tuned'
export type CaptionerRow = {
  name: string
  source: Source
  run: number | null
  videos: number
  mean_involved: Interval | null
  dimensions: Record<Dimension, number | null>
  human: { mean: number | null; ratings: number } | null
}
export type ScorerRow = {
  run: number
  finished_at: string
  readout: string
  srcc: number | null
  mae: number | null
  ratings: number
}
export type Leaderboard = { note: string; captioners: CaptionerRow[]; scorers: ScorerRow[] }
