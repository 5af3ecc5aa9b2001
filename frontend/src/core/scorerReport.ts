/** What is reported of a scorer (`crest.evaluation/1`), and how the page reads it. */

import { DIMENSIONS, type Dimension } from './types'

/** In the order of the page. */
export const FIGURES = [
  'srcc',
  'plcc',
  'tau_b',
  'qwk',
  'mae',
  'pairs',
  'pairs_with_ties',
  'f1_involved',
  'f1_not_involved',
  'ece',
  'regret',
  'regret_random',
] as const
export type Figure = (typeof FIGURES)[number]

/** A figure with its 95 % interval; `reason` says why either is missing. */
export type Value = {
  value: number | null
  low: number | null
  high: number | null
  reason: string | null
}
export type Values = Partial<Record<Figure, Value>>

export type Bin = { confidence: number; share: number; captions: number }
/** The middle of a cell, and how many captions lie in it. */
export type Cell = readonly [predicted: number, human: number, captions: number]

export type DimensionFigures = {
  captions: number
  figures: Values
  /** The same with one person in the scorer's place. */
  ceiling: Values
  /** Rows: people's likeliest level; columns: the scorer's. */
  confusion: number[][]
  reliability: Bin[]
  density: Cell[]
}
export type ScorerReport = {
  captions: number
  videos: number
  dimensions: Partial<Record<Dimension, DimensionFigures>>
  average: Values
  average_ceiling: Values
  /** Choosing by the mean over the involved dimensions. */
  overall: Values
}

/** What a report says of one figure, with or without all else. */
export type Correlations = Pick<ScorerReport, 'average' | 'average_ceiling'> & {
  dimensions: Partial<Record<Dimension, Pick<DimensionFigures, 'captions' | 'figures' | 'ceiling'>>>
}

export type FigureRow = { figure: Figure; scorer: Value; person: Value | null }

/** The figures that there are; a person has none of those that need probabilities. */
export function rowsOf(figures: Values, ceiling: Values = {}): FigureRow[] {
  return FIGURES.flatMap(figure => {
    const scorer = figures[figure]
    return scorer ? [{ figure, scorer, person: ceiling[figure] ?? null }] : []
  })
}

export type Compared = { dimension: Dimension; captions: number; scorer: Value; person: Value }
const NONE: Value = { value: null, low: null, high: null, reason: 'undefined' }

/** One figure of every dimension. */
export function acrossDimensions({ dimensions }: Correlations, figure: Figure): Compared[] {
  return DIMENSIONS.flatMap(dimension => {
    const found = dimensions[dimension]
    if (!found) return []
    const { captions, figures, ceiling } = found
    return [
      { dimension, captions, scorer: figures[figure] ?? NONE, person: ceiling[figure] ?? NONE },
    ]
  })
}

/** `weight` goes from 0, one caption, to 1, as many as in the fullest cell. */
export type ShadedCell = { predicted: number; human: number; captions: number; weight: number }

export function cellsOf(density: readonly Cell[]): ShadedCell[] {
  const most = mostOf(density)
  return density.map(([predicted, human, captions]) => ({
    predicted,
    human,
    captions,
    // The root tells few from one where one cell holds very many.
    weight: most > 1 ? Math.sqrt((captions - 1) / (most - 1)) : 1,
  }))
}

export const mostOf = (density: readonly Cell[]): number =>
  Math.max(0, ...density.map(([, , captions]) => captions))

/** The share of captions whose cells lie no further apart than half a level; null without any. */
export function shareNear(density: readonly Cell[]): number | null {
  const all = total(density.map(([, , captions]) => captions))
  const near = density.filter(([predicted, human]) => Math.abs(predicted - human) <= 0.5)
  return all > 0 ? total(near.map(([, , captions]) => captions)) / all : null
}

/** `radius` is 1 for the fullest bin; the area tells the captions. */
export type Dot = Bin & { radius: number }

export function dotsOf(reliability: readonly Bin[]): Dot[] {
  const most = Math.max(1, ...reliability.map(bin => bin.captions))
  return reliability.map(bin => ({ ...bin, radius: Math.sqrt(bin.captions / most) }))
}

/** How sure the scorer is on average, and which share of people agree; null without captions. */
export function sureness(reliability: readonly Bin[]): { sure: number; right: number } | null {
  const all = total(reliability.map(bin => bin.captions))
  if (all === 0) return null
  return {
    sure: total(reliability.map(bin => bin.confidence * bin.captions)) / all,
    right: total(reliability.map(bin => bin.share * bin.captions)) / all,
  }
}

export type ConfusionCell = { count: number; share: number }

/** Each count beside its share of the row: how often the scorer says so where people say that. */
export function sharesOfRows(confusion: readonly (readonly number[])[]): ConfusionCell[][] {
  return confusion.map(row => {
    const all = total(row)
    return row.map(count => ({ count, share: all > 0 ? count / all : 0 }))
  })
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
