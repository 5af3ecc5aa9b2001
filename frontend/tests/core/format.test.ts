import { describe, expect, it } from 'vitest'
import { ago, brief, bytes, clock, decimal, duration, figure } from '../../src/core/format'

describe('figures', () => {
  it.each([
    [null, '–'],
    [Number.NaN, '–'],
    [-0.001, '0.00'],
    [-1.5, '−1.50'],
    [3.456, '3.46'],
  ])('%d is written %s', (value, text) => expect(decimal(value)).toBe(text))

  it.each([
    [0.0002, '2.0e-4'.replace('-', '−')],
    [1.28711, '1.287'],
    [300, '300'],
    [0, '0'],
  ])('%d is shown as %s', (value, text) => expect(figure(value)).toBe(text))

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1k'],
    [11_753, '12k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [3_400_000, '3M'],
  ])('%d is %s in brief', (value, text) => expect(brief(value)).toBe(text))

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1234, '1.2 kB'],
    [250_000_000, '250 MB'],
  ])('%d bytes are %s', (size, text) => expect(bytes(size)).toBe(text))
})

describe('times', () => {
  it.each([
    [7.46, '0:07.4'],
    [59.99, '0:59.9'],
    [61, '1:01.0'],
  ])('%d s in a video is %s', (seconds, text) => expect(clock(seconds)).toBe(text))

  it.each([
    [3.21, '3.2 s'],
    [42, '42 s'],
    [200, '3 min 20 s'],
    [119.7, '2 min 0 s'],
    [7500, '2 h 5 min'],
  ])('%d s of work are %s', (seconds, text) => expect(duration(seconds)).toBe(text))

  it('says how long ago something was', () => {
    const now = Date.parse('2026-09-01T12:00:00Z')
    expect(ago('2026-09-01T11:57:00Z', now)).toBe('3 minutes ago')
    expect(ago('2026-08-31T11:00:00Z', now)).toBe('yesterday')
  })
})
