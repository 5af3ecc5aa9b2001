/** The figures that each kind of run leaves, read from a result that may lack any of them. */

import type { Baseline, CurvePoint, PlainFigures, TwinFigures } from './scorerBeside'
import type { ScorerReport } from './scorerReport'
import type { Dimension, Interval, Source } from './types'

export type Agreement = { srcc: number | null; mae: number | null; n?: number }
export type ScorerTest = Agreement & { per_dimension: Partial<Record<Dimension, Agreement>> }
export type FailedVideo = { video: string; reason: string }
export type ScorerResult = {
  readout: string
  model: string
  train_captions: number
  train_judgments: number
  test_captions: number
  test: ScorerTest
  /** Runs from before the report have none. */
  report: ScorerReport
  failed: FailedVideo[]
  baselines: Partial<Record<Baseline, PlainFigures>>
  /** Empty where teaching again and again would take long. */
  curve: CurvePoint[]
  /** Empty without early stopping. */
  looks: Look[]
  steps: number
  twins: Twins
}
/** The loss of the step's batch, and on the videos that teach nothing. */
export type Look = { step: number; loss: number; held_out: number }
export type Twins = {
  twins: number
  /** Levels by which a dimension must fall to count as fallen. */
  fall: number
  counts?: Partial<Record<Dimension, number>>
  dimensions: Partial<Record<Dimension, TwinFigures>>
  overall: TwinFigures
}
export type CaptionResult = {
  captioner: string
  model: string
  /** Where the model is served; a model that ran here has none. */
  server: string
  frames: number
  videos: number
  captions: number
  mean_words: number
  shown: WrittenCaption[]
  failed: FailedVideo[]
}
export type WrittenCaption = {
  video: string
  kind: string
  prompt: string
  prompt_text: string
  text: string
}
export type ScoreResult = {
  captions: number
  videos: number
  failed: FailedVideo[]
  per_captioner: {
    captioner: string
    captions: number
    mean_involved: number | null
    mean_paper: number | null
  }[]
  histogram: { edges: number[]; counts: number[] }
}
export type SelectResult = {
  policy: string
  statistic: string
  threshold: number
  pool_videos: number
  selected: number
  per_captioner: { captioner: string; selected: number; share: number }[]
  /** Only of the policy whose threshold people's ratings choose. */
  vouched: {
    threshold: number
    precision: number
    low: number
    high: number
    captions: number
  } | null
  /** Videos without a selected caption: not good enough, of a full captioner, over the budget. */
  left_out: { below: number; over: number; beyond: number }
  per_dimension: {
    dimension: Dimension
    pool: number | null
    selected: number | null
    involved: number
  }[]
  histogram: { edges: number[]; pool: number[]; selected: number[] }
  yield_curve: { threshold: number; selected: number }[]
  against_paper: { both: number; only_involved: number; only_paper: number }
}
export type FinetuneResult = {
  model: string
  adapt: string
  /** None where all weights learnt. */
  lora_rank: number | null
  trainable_parameters: number
  captions: number
  steps: number
  loss_first: number
  loss_last: number
  weights_sha256: string
  /** What it said of videos that it did not learn from. Runs from before have none. */
  samples: { video: string; before: string; after: string }[]
  failed: FailedVideo[]
}
export type EvaluateResult = {
  note: string
  scorer: ScorerTest
  captioners: {
    name: string
    source: Source
    videos: number
    mean_involved: Interval | null
    dimensions: Partial<Record<Dimension, number | null>>
  }[]
}
type Results = {
  caption: CaptionResult
  scorer: ScorerResult
  score: ScoreResult
  select: SelectResult
  finetune: FinetuneResult
  distill: FinetuneResult & { teacher: string }
  evaluate: EvaluateResult
}

/** A finished run's result, or null while there is none. The kind is what tells its shape. */
export function resultOf<K extends keyof Results>(
  run: { kind: string; result: Record<string, unknown> },
  kind: K,
): Partial<Results[K]> | null {
  if (run.kind !== kind || Object.keys(run.result).length === 0) return null
  return run.result as Partial<Results[K]>
}
