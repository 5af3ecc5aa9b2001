import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Coverage,
  cover,
  cut,
  look,
  missing,
  NOTHING_WATCHED,
  required,
  rounded,
  type Sample,
  type Span,
  secondsOf,
  type Watch,
} from '../../src/core/watch'

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)])
const covered = (spans: readonly Span[]) => spans.reduce(cover, [] as Coverage)

/** A slow, obvious measure: count the whole seconds that lie in any span. */
const wholeSeconds = (spans: readonly Span[]) =>
  Array.from({ length: 60 }, (_, second) => second).filter(second =>
    spans.some(([from, to]) => from <= second && second + 1 <= to),
  ).length

describe('cover', () => {
  it('measures the union, whatever the order and overlap', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), spans => {
        expect(secondsOf(covered(spans))).toBe(wholeSeconds(spans))
      }),
      { seed: 1 },
    )
  })

  it('keeps its spans sorted and apart', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), spans => {
        const found = covered(spans)
        found.slice(1).forEach(([from], index) => {
          expect(from).toBeGreaterThan(found[index]?.[1] ?? Number.NaN)
        })
      }),
      { seed: 2 },
    )
  })
})

const DURATION = 12
const sample = (at: number, time: number, more: Partial<Sample> = {}): Sample => ({
  at,
  time,
  rate: 1,
  playing: true,
  visible: true,
  ...more,
})
const watch = (samples: readonly Sample[], from: Watch = NOTHING_WATCHED) =>
  samples.reduce((seen, one) => look(seen, one, DURATION), from)
const seen = (samples: readonly Sample[]) => secondsOf(watch(samples).coverage)

describe('look', () => {
  it('counts what plays on', () => {
    expect(seen([sample(0, 0), sample(0.5, 0.5), sample(1, 1)])).toBeCloseTo(1)
  })

  it('counts a moment seen twice once', () => {
    const once = [sample(0, 0), sample(1, 1)]
    const again = [sample(2, 0), sample(3, 1)]
    expect(secondsOf(watch(again, cut(watch(once))).coverage)).toBeCloseTo(1)
  })

  it('does not count a jump further than playing could have reached', () => {
    expect(seen([sample(0, 0), sample(0.1, 9)])).toBe(0)
  })

  it('does not count what lies between two looks when a seek cut them', () => {
    const before = watch([sample(0, 0), sample(0.1, 0.1)])
    const after = watch([sample(0.2, 0.3)], cut(before))
    expect(secondsOf(after.coverage)).toBeCloseTo(0.1)
  })

  it('counts up to double speed and not beyond', () => {
    expect(seen([sample(0, 0, { rate: 2 }), sample(1, 2, { rate: 2 })])).toBeCloseTo(2)
    expect(seen([sample(0, 0, { rate: 2.5 }), sample(1, 2.5, { rate: 2.5 })])).toBe(0)
  })

  it('counts nothing while paused or out of sight', () => {
    expect(seen([sample(0, 0, { playing: false }), sample(0.2, 0.2)])).toBe(0)
    expect(seen([sample(0, 0), sample(0.2, 0.2, { visible: false })])).toBe(0)
  })

  it('counts the end and the beginning when the video loops', () => {
    const looped = watch([sample(0, 11.8), sample(0.3, 0.1)])
    expect(looped.coverage).toEqual([
      [0, 0.1],
      [11.8, 12],
    ])
  })

  it('does not take a jump back for a loop', () => {
    expect(seen([sample(0, 6), sample(0.1, 0.1)])).toBe(0)
  })
})

describe('required', () => {
  it.each([
    [5, 0.9, 4.65],
    [9.99, 0.9, 9.64],
    [20, 0.9, 17.65],
    [20, 0, 0],
    [0.2, 0.9, 0],
  ])('of %d s with a share of %d is %d', (duration, share, expected) => {
    expect(required(duration, share)).toBeCloseTo(expected)
  })

  it('is what is missing while nothing was seen, and nothing once it was', () => {
    expect(missing([], 20, 0.9)).toBeCloseTo(17.65)
    expect(missing([[0, 18]], 20, 0.9)).toBe(0)
  })
})

it('rounds the evidence to milliseconds inside the video', () => {
  expect(
    rounded(
      [
        [-0.1, 1.00049],
        [2, 12.3],
      ],
      12,
    ),
  ).toEqual([
    [0, 1],
    [2, 12],
  ])
})
