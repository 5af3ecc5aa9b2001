/** What stands beside a scorer's report; runs from before a part of it lack that part. */

import type { Agreement, Look, ScorerResult, Twins } from './results'
import type { Value } from './scorerReport'
import { DIMENSIONS, type Dimension } from './types'

export const BASELINES = ['constant', 'length', 'blind', 'zero_shot', 'one_hot'] as const
export type Baseline = (typeof BASELINES)[number]

export const COMPARED = ['srcc', 'mae', 'pairs', 'regret'] as const
export type ComparedFigure = (typeof COMPARED)[number]
export type PlainFigures = Partial<Record<ComparedFigure, number | null>>

type Result = Partial<ScorerResult>

/** The figures at the head of the page: the report's, or of old runs those of their summary. */
export function headline({ report, test }: Result): Pick<Agreement, 'srcc' | 'mae'> {
  return {
    srcc: report ? (report.average.srcc?.value ?? null) : (test?.srcc ?? null),
    mae: report ? (report.average.mae?.value ?? null) : (test?.mae ?? null),
  }
}

/** `ahead`: better than the scorer, in the two decimals that are shown. */
export type BesideCell = { value: number | null; ahead: boolean }
export type BesideRow = { baseline: Baseline; cells: Record<ComparedFigure, BesideCell> }
export type Beside = { scorer: PlainFigures; rows: BesideRow[] }

/** Null without a baseline. Pairs and regret are those of choosing by the mean. */
export function besideOf(result: Result): Beside | null {
  const { report, baselines = {} } = result
  const scorer: PlainFigures = {
    ...headline(result),
    pairs: report?.overall.pairs?.value ?? null,
    regret: report?.overall.regret?.value ?? null,
  }
  const rows = BASELINES.flatMap(baseline => {
    const found = baselines[baseline]
    return found ? [{ baseline, cells: cellsBeside(found, scorer) }] : []
  })
  return rows.length > 0 ? { scorer, rows } : null
}

const LESS_IS_BETTER: readonly ComparedFigure[] = ['mae', 'regret']

function cellsBeside(found: PlainFigures, scorer: PlainFigures): BesideRow['cells'] {
  const cell = (figure: ComparedFigure): BesideCell => {
    const [value, against] = [found[figure] ?? null, scorer[figure] ?? null]
    if (value === null || against === null) return { value, ahead: false }
    const gain = Math.round(value * 100) - Math.round(against * 100)
    return { value, ahead: LESS_IS_BETTER.includes(figure) ? gain < 0 : gain > 0 }
  }
  return { srcc: cell('srcc'), mae: cell('mae'), pairs: cell('pairs'), regret: cell('regret') }
}

export type CurvePoint = PlainFigures & { videos: number; captions: number; judgments: number }

/** Each number of judgments once: of a handful of videos, an eighth and a quarter are the same. */
export function curveRows(curve: readonly CurvePoint[]): CurvePoint[] {
  const found = new Map(curve.map(point => [point.judgments, point]))
  return [...found.values()].sort((one, other) => one.judgments - other.judgments)
}

export const curvePoints = (curve: readonly CurvePoint[]): [number, number][] =>
  curveRows(curve).flatMap(({ judgments, srcc }) => (srcc == null ? [] : [[judgments, srcc]]))

/** The one whose weights were kept: the first with the lowest loss. */
export function bestLook(looks: readonly Look[]): Look | null {
  const lowest = Math.min(...looks.map(look => look.held_out))
  return looks.find(look => look.held_out === lowest) ?? null
}

export const TWIN_FIGURES = ['sensitivity', 'specificity', 'located'] as const
export type TwinFigure = (typeof TWIN_FIGURES)[number]
export type TwinFigures = Partial<Record<TwinFigure, Value>>
export type TwinRow = { dimension: Dimension; twins: number | null; figures: TwinFigures }

/** The dimensions that were made wrong at least once. */
export function twinRows({ counts, dimensions }: Twins): TwinRow[] {
  return DIMENSIONS.flatMap(dimension => {
    const figures = dimensions[dimension]
    if (!figures || figures.sensitivity?.value == null) return []
    return [{ dimension, twins: counts?.[dimension] ?? null, figures }]
  })
}

/** Whether intervals are missing everywhere, because there is only one video to draw. */
export const ofOneVideo = ({ overall }: Twins): boolean =>
  overall.sensitivity?.reason === 'one-video'
