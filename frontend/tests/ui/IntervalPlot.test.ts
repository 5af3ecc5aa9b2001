import { describe, expect, it } from 'vitest'
import { axisOf } from '../../src/ui/chart/IntervalPlot'

const row = (low: number, high: number) => ({
  name: 'a',
  tone: '',
  interval: { value: (low + high) / 2, low, high },
})

describe('the axis of intervals', () => {
  it('goes in half levels where levels are shown', () => {
    expect(axisOf([row(2.2, 2.9), row(3.1, 4.4)])).toEqual({
      low: 2,
      high: 4.5,
      step: 0.5,
      ticks: [2, 2.5, 3, 3.5, 4, 4.5],
    })
  })

  it('goes in longer steps over a long way, and still holds 0 and every interval', () => {
    const { low, high, ticks } = axisOf([row(-9.1, -5), row(2, 8.2)])
    expect(low).toBeLessThanOrEqual(-9.1)
    expect(high).toBeGreaterThanOrEqual(8.2)
    expect(ticks).toContain(0)
    expect(ticks.length).toBeLessThanOrEqual(9)
  })

  it('holds what an interval is held against, too', () => {
    const beside = { tone: '', interval: { value: -0.4, low: -0.7, high: 0 } }
    expect(axisOf([{ ...row(0.2, 0.6), beside }]).low).toBe(-1)
  })

  it('has a width, however little there is to show', () => {
    const { low, high } = axisOf([row(5, 5)])
    expect(high).toBeGreaterThan(low)
  })
})
