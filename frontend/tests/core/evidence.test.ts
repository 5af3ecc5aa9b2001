import { expect, it } from 'vitest'
import { NO_ATTENTION } from '../../src/core/attention'
import { evidenceOf } from '../../src/core/evidence'

it('tells what was seen, within the video, and rounds what is finer than it is known', () => {
  const seen = {
    coverage: [[-0.2, 1.23456] as const, [3, 12.5] as const],
    secondsVisible: 14.26,
    changes: 2,
    attention: { ...NO_ATTENTION, stalls: 1, secondsStalled: 0.34, rates: { '1.5': 7.07 } },
  }
  expect(evidenceOf(seen, 1.5, 10)).toEqual({
    watched: [
      [0, 1.235],
      [3, 10],
    ],
    seconds_visible: 14.3,
    rate: 1.5,
    changes: 2,
    stalls: 1,
    seconds_stalled: 0.3,
    focus_losses: 0,
    seconds_hidden: 0,
    rates: [[1.5, 7.1]],
    language: 'en',
    skew: 0,
  })
})
