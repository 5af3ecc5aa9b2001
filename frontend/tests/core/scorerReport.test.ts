import { describe, expect, it } from 'vitest'
import {
  acrossDimensions,
  cellsOf,
  dotsOf,
  FIGURES,
  mostOf,
  rowsOf,
  type ScorerReport,
  shareNear,
  sharesOfRows,
  sureness,
  type Value,
} from '../../src/core/scorerReport'

const value = (of: number): Value => ({ value: of, low: of - 0.1, high: of + 0.1, reason: null })

describe('rowsOf', () => {
  it('has the order of the page, whatever that of the report, and a random choice after the regret', () => {
    const figures = { regret_random: value(0.9), regret: value(0.3), srcc: value(0.6) }
    const rows = rowsOf(figures, { srcc: value(0.7) })
    expect(rows.map(row => row.figure)).toEqual(['srcc', 'regret', 'regret_random'])
    expect(rows.map(row => row.person?.value)).toEqual([0.7, undefined, undefined])
  })

  it('leaves out what the report has not', () => {
    expect(rowsOf({})).toEqual([])
    expect(FIGURES.slice(-2)).toEqual(['regret', 'regret_random'])
  })
})

it('compares the dimensions that there are, in the order of the page', () => {
  const of = (srcc: number) => ({
    captions: 4,
    figures: { srcc: value(srcc) },
    ceiling: {},
    confusion: [],
    reliability: [],
    density: [],
  })
  const report: ScorerReport = {
    captions: 4,
    videos: 1,
    average: {},
    average_ceiling: {},
    overall: {},
    dimensions: { camera: of(0.2), object: of(0.4) },
  }
  const compared = acrossDimensions(report, 'srcc')
  expect(compared.map(row => [row.dimension, row.scorer.value])).toEqual([
    ['object', 0.4],
    ['camera', 0.2],
  ])
  expect(compared[0]?.person).toMatchObject({ value: null, reason: 'undefined' })
})

describe('the density', () => {
  it('goes from one caption to the fullest cell', () => {
    const density = [
      [1.125, 1.125, 1],
      [3.125, 3.375, 5],
      [4.125, 1.125, 17],
    ] as const
    expect(mostOf(density)).toBe(17)
    expect(cellsOf(density).map(cell => cell.weight)).toEqual([0, 0.5, 1])
    expect(shareNear(density)).toBeCloseTo(6 / 23)
  })

  it('is full where every cell holds one, and has no share where there are none', () => {
    expect(cellsOf([[2.125, 2.125, 1]])[0]?.weight).toBe(1)
    expect(cellsOf([])).toEqual([])
    expect(shareNear([])).toBeNull()
  })
})

describe('the reliability', () => {
  it('has dots whose area tells the captions', () => {
    const dots = dotsOf([
      { confidence: 0.4, share: 0.5, captions: 4 },
      { confidence: 0.9, share: 0.7, captions: 16 },
    ])
    expect(dots.map(dot => dot.radius)).toEqual([0.5, 1])
  })

  it('is summed up by captions', () => {
    const known = sureness([
      { confidence: 0.4, share: 0.4, captions: 1 },
      { confidence: 0.8, share: 0.6, captions: 3 },
    ])
    expect(known?.sure).toBeCloseTo(0.7)
    expect(known?.right).toBeCloseTo(0.55)
    expect(sureness([])).toBeNull()
  })
})

it('shares out each row of the confusion, and an empty one is nowhere shaded', () => {
  const [first, second] = sharesOfRows([
    [3, 1],
    [0, 0],
  ])
  expect(first).toEqual([
    { count: 3, share: 0.75 },
    { count: 1, share: 0.25 },
  ])
  expect(second?.every(cell => cell.share === 0)).toBe(true)
})
