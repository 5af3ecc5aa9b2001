import { describe, expect, it } from 'vitest'
import { involvementCsv, points } from '../../src/core/involvement'
import type { DimensionReport } from '../../src/core/reportApi'

describe('shares of "not involved"', () => {
  it('differ by points, with a sign', () => {
    expect(points(0.125)).toBe('+12.5')
    expect(points(-0.5)).toBe('−50.0')
    expect(points(0)).toBe('0.0')
  })

  it('go into one file, annotators before captioners', () => {
    const camera = {
      dimension: 'camera',
      involvement: {
        ratings: 4,
        zeros: 1,
        captioners: [{ name: 'large', ratings: 4, zeros: 1 }],
        annotators: [
          {
            ...{ username: 'anna', ratings: 2, zeros: 1, shared: 2, others_share: 0 },
            ...{ difference: 0.5, low: null, high: null, alone: 1 },
          },
        ],
      },
    } as unknown as DimensionReport
    const [, anna, large] = involvementCsv([camera]).split('\r\n')
    expect(anna).toBe('"camera","annotator","anna",2,1,2,0,0.5,,,1')
    expect(large).toBe('"camera","captioner","large",4,1,,,,,,')
  })
})
