/** Which figures of agreement there are, and the file of them that people take home. */

import { toCsv } from './csv'
import type { DimensionReport, Estimate } from './reportApi'

export const PARTS = ['level', 'applicability'] as const
export type Part = (typeof PARTS)[number]

const STATISTICS = {
  level: ['alpha', 'icc_mean', 'icc_single', 'ac2', 'kappa', 'exact', 'within_one'],
  applicability: ['alpha', 'ac1', 'kappa', 'exact'],
} as const
export type Statistic = (typeof STATISTICS)[Part][number]

export const statisticsOf = (part: Part): readonly Statistic[] => STATISTICS[part]

export function estimateOf(report: DimensionReport, part: Part, statistic: Statistic): Estimate {
  const figures: Partial<Record<Statistic, Estimate>> = report[part]
  const found = figures[statistic]
  if (!found) throw new Error(`no ${statistic} of ${part}`)
  return found
}

const COLUMNS = [
  ...['dimension', 'of', 'statistic', 'value', 'low', 'high', 'reason', 'units', 'videos'],
]

export function agreementCsv(dimensions: readonly DimensionReport[]): string {
  const rows = dimensions.flatMap(report =>
    PARTS.flatMap(part =>
      statisticsOf(part).map(statistic => {
        const { value, low, high, reason, units, videos } = estimateOf(report, part, statistic)
        return [report.dimension, part, statistic, value, low, high, reason, units, videos]
      }),
    ),
  )
  return toCsv(COLUMNS, rows)
}
