/** The page asks for, and counts, exactly the seconds that the server does: both run these cases. */

import { describe, expect, it } from 'vitest'
import cases from '../../../tests/rating/watch_cases.json'
import { type Coverage, cover, missing, required, rounded, secondsOf } from '../../src/core/watch'

/** As the page keeps what was played, and as it is sent. */
const kept = (ranges: number[][], seconds: number): Coverage =>
  rounded(
    ranges.map(([from = 0, to = 0]) => [from, to] as const).reduce(cover, [] as Coverage),
    seconds,
  )

describe('the rule that page and server share', () => {
  it.each(cases)('$name', ({ seconds, share, ranges, unique, needed, enough }) => {
    const coverage = kept(ranges, seconds)
    expect(secondsOf(coverage)).toBeCloseTo(unique, 6)
    expect(required(seconds, share)).toBeCloseTo(needed, 6)
    expect(missing(coverage, seconds, share) === 0).toBe(enough)
  })
})
