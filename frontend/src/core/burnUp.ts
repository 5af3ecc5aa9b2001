/** What was rated day by day, added up, and how it may go on. */

import { toCsv } from './csv'
import type { ProgressReport } from './reportApi'

const DAY_MS = 86_400_000

export type Point = readonly [moment: number, ratings: number]

/** The sum at the end of each 24 hours, of which the last end at `madeAt`; nothing before them. */
export function burnUp(days: readonly number[], madeAt: string): Point[] {
  if (days.length === 0) return []
  const end = new Date(madeAt).getTime()
  const start = end - days.length * DAY_MS
  let sum = 0
  const sums = days.map((rated, index): Point => {
    sum += rated
    return [start + (index + 1) * DAY_MS, sum]
  })
  return [[start, 0], ...sums]
}

/** From where it stands straight to the estimated end, if there is one. */
export function ahead(points: readonly Point[], progress: ProgressReport): Point[] | undefined {
  const last = points.at(-1)
  const { end } = progress.forecast
  if (!last || end === null) return undefined
  return [last, [new Date(end).getTime(), last[1] + progress.remaining]]
}

export function burnUpCsv(points: readonly Point[]): string {
  return toCsv(
    ['until', 'ratings'],
    points.map(([moment, ratings]) => [new Date(moment).toISOString(), ratings]),
  )
}
