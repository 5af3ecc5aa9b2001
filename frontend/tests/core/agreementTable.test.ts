import { describe, expect, it } from 'vitest'
import { agreementCsv, estimateOf, PARTS, statisticsOf } from '../../src/core/agreementTable'
import type { DimensionReport, Estimate } from '../../src/core/reportApi'

const estimate = (value: number | null, reason: Estimate['reason'] = null): Estimate => ({
  value,
  low: value === null ? null : value - 0.1,
  high: value === null ? null : value + 0.1,
  reason,
  units: 40,
  videos: 20,
})
const given = Object.fromEntries(
  PARTS.map(part => [
    part,
    Object.fromEntries(statisticsOf(part).map(statistic => [statistic, estimate(0.5)])),
  ]),
)
const report = { dimension: 'camera', ...given } as DimensionReport

describe('agreementCsv', () => {
  const lines = agreementCsv([report]).trimEnd().split('\r\n')

  it('has a line for each statistic of levels and of applicability', () => {
    expect(lines).toHaveLength(1 + 7 + 4)
    expect(lines[0]).toBe('dimension,of,statistic,value,low,high,reason,units,videos')
    expect(lines[1]).toBe('"camera","level","alpha",0.5,0.4,0.6,,40,20')
  })

  it('says why a figure is not there', () => {
    const level = { ...report.level, kappa: estimate(null, 'one-video') }
    expect(agreementCsv([{ ...report, level }])).toContain(
      '"camera","level","kappa",,,,"one-video",40,20',
    )
  })
})

it('there is no ICC of whether something is involved', () => {
  expect(estimateOf(report, 'level', 'icc_mean').value).toBe(0.5)
  expect(() => estimateOf(report, 'applicability', 'icc_mean')).toThrow('no icc_mean')
})
