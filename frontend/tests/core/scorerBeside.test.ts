import { describe, expect, it } from 'vitest'
import type { Twins } from '../../src/core/results'
import {
  besideOf,
  bestLook,
  COMPARED,
  curvePoints,
  curveRows,
  headline,
  ofOneVideo,
  twinRows,
} from '../../src/core/scorerBeside'
import type { ScorerReport, Value } from '../../src/core/scorerReport'

const value = (of: number | null, reason: string | null = null): Value => ({
  value: of,
  low: null,
  high: null,
  reason,
})
const report = {
  average: { srcc: value(0.6), mae: value(null), pairs: value(0.9) },
  overall: { pairs: value(0.7), regret: value(0.2) },
} as unknown as ScorerReport
const test = { srcc: 0.5, mae: 0.8, per_dimension: {} }

describe('the head of the page', () => {
  it("has the report's figures, and nothing where it has none", () => {
    expect(headline({ report, test })).toEqual({ srcc: 0.6, mae: null })
  })

  it('has the summary of an old run, or nothing', () => {
    expect(headline({ test })).toMatchObject({ srcc: 0.5, mae: 0.8 })
    expect(headline({})).toEqual({ srcc: null, mae: null })
  })
})

describe('baselines', () => {
  it('stand in their order beside the scorer, whose pairs are those of its choice', () => {
    const found = besideOf({ report, baselines: { length: { srcc: 0.1 }, constant: { mae: 1 } } })
    expect(found?.scorer).toEqual({ srcc: 0.6, mae: null, pairs: 0.7, regret: 0.2 })
    expect(found?.rows.map(row => row.baseline)).toEqual(['constant', 'length'])
    expect(found?.rows[1]?.cells.mae).toEqual({ value: null, ahead: false })
  })

  it('are ahead with a higher correlation or a smaller error, and never where one is missing', () => {
    const blind = { srcc: 0.61, mae: 0.1, pairs: 0.7004, regret: 0.1 }
    const cells = besideOf({ report, baselines: { blind } })?.rows[0]?.cells
    expect(cells && COMPARED.map(figure => cells[figure].ahead)).toEqual([true, false, false, true])
  })

  it('need not be there', () => {
    expect(besideOf({ report })).toBeNull()
    expect(besideOf({ baselines: {} })).toBeNull()
  })
})

it('draws each number of judgments once, and only where there is a correlation', () => {
  const at = (judgments: number, srcc: number | null) => ({
    videos: 1,
    captions: 2,
    judgments,
    srcc,
  })
  const curve = [at(60, null), at(60, null), at(120, 0.4), at(240, 0.5)]
  expect(curveRows(curve).map(point => point.judgments)).toEqual([60, 120, 240])
  expect(curvePoints(curve)).toEqual([
    [120, 0.4],
    [240, 0.5],
  ])
})

it('keeps the first of the lowest losses', () => {
  const look = (step: number, held_out: number) => ({ step, loss: 1, held_out })
  expect(bestLook([look(5, 0.9), look(10, 0.7), look(15, 0.7)])?.step).toBe(10)
  expect(bestLook([])).toBeNull()
})

it('shows the dimensions that were made wrong', () => {
  const of = (sensitivity: Value) => ({ sensitivity })
  const twins: Twins = {
    twins: 3,
    fall: 0.5,
    dimensions: { camera: of(value(null, 'undefined')), object: of(value(1, 'one-video')) },
    overall: of(value(1, 'one-video')),
  }
  expect(twinRows(twins)).toEqual([
    { dimension: 'object', twins: null, figures: of(value(1, 'one-video')) },
  ])
  expect(twinRows({ ...twins, counts: { object: 3 } })[0]?.twins).toBe(3)
  expect(ofOneVideo(twins)).toBe(true)
})
