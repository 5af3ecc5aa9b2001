import { expect, it } from 'vitest'
import { disputeOf, disputes } from '../../src/core/dispute'

it.each([
  [[4, 4], null],
  [[4, 5], null],
  [[3, 5], 'level'],
  [[0, 1], 'involved'],
  [[0, 5, 5], 'involved'],
  [[0, 0], null],
] as const)('of %j is %s', (levels, dispute) => {
  expect(disputeOf(levels)).toBe(dispute)
})

it('is told dimension by dimension', () => {
  const same = { object: 4, feature: 4, action: 4, background: 4 } as const
  const found = disputes([{ levels: { ...same, camera: 0 } }, { levels: { ...same, camera: 4 } }])
  expect(found).toEqual({
    object: null,
    feature: null,
    action: null,
    camera: 'involved',
    background: null,
  })
})

it('takes two', () => {
  const levels = { object: 0, feature: 5, action: 1, camera: 0, background: 2 } as const
  expect(Object.values(disputes([{ levels }]))).toEqual([null, null, null, null, null])
})
