import { describe, expect, it } from 'vitest'
import { ahead, burnUp, burnUpCsv } from '../../src/core/burnUp'
import type { ProgressReport } from '../../src/core/reportApi'

const MADE = '2026-09-04T12:00:00Z'
const at = (dayOfMonth: number) => Date.UTC(2026, 8, dayOfMonth, 12)

const progress = (end: string | null): ProgressReport => ({
  items: 10,
  finished: 2,
  ratings: 9,
  remaining: 21,
  days: [2, 0, 7],
  captioners: [],
  tiers: [],
  forecast: { window: 3, per_day: 3, end, earliest: null, latest: null, reason: null },
})

describe('burn-up', () => {
  it('adds up days that end when the report was made', () => {
    expect(burnUp([2, 0, 7], MADE)).toEqual([
      [at(1), 0],
      [at(2), 2],
      [at(3), 2],
      [at(4), 9],
    ])
  })

  it('has nothing to draw before the first rating', () => {
    expect(burnUp([], MADE)).toEqual([])
    expect(ahead([], progress('2026-09-11T12:00:00Z'))).toBeUndefined()
  })

  it('goes on to all that is wanted at the estimated end, if there is one', () => {
    const points = burnUp([2, 0, 7], MADE)
    expect(ahead(points, progress('2026-09-11T12:00:00Z'))).toEqual([
      [at(4), 9],
      [at(11), 30],
    ])
    expect(ahead(points, progress(null))).toBeUndefined()
  })

  it('can be taken home', () => {
    expect(burnUpCsv(burnUp([2], MADE))).toBe(
      'until,ratings\r\n"2026-09-03T12:00:00.000Z",0\r\n"2026-09-04T12:00:00.000Z",2\r\n',
    )
  })
})
