/** Shares of "not involved": as percentage points, and as a file. */

import { toCsv } from './csv'
import { decimal } from './format'
import type { DimensionReport, Involvement } from './reportApi'

/** A difference of shares, in percentage points and with its sign. */
export const points = (difference: number): string => {
  const written = decimal(difference * 100, 1)
  return difference > 0 ? `+${written}` : written
}

export const sharesOf = (rows: Involvement['captioners']) =>
  rows.map(({ name, ratings, zeros }) => ({ name, ratings, share: zeros / ratings }))

const COLUMNS = [
  ...['dimension', 'of', 'name', 'ratings', 'zeros'],
  ...['shared', 'others_share', 'difference', 'low', 'high', 'alone'],
]

export function involvementCsv(dimensions: readonly DimensionReport[]): string {
  const rows = dimensions.flatMap(({ dimension, involvement }) => [
    ...(involvement?.annotators ?? []).map(row => [
      ...[dimension, 'annotator', row.username, row.ratings, row.zeros, row.shared],
      ...[row.others_share, row.difference, row.low, row.high, row.alone],
    ]),
    ...(involvement?.captioners ?? []).map(({ name, ratings, zeros }) => [
      ...[dimension, 'captioner', name, ratings, zeros],
      ...Array<null>(6).fill(null),
    ]),
  ])
  return toCsv(COLUMNS, rows)
}
