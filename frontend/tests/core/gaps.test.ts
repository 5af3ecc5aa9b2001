import { expect, it } from 'vitest'
import { gaps } from '../../src/core/gaps'

it('names what was not seen, in order', () => {
  expect(
    gaps(
      [
        [1, 3],
        [5, 9],
      ],
      10,
      1,
    ),
  ).toEqual([
    [0, 1],
    [3, 5],
    [9, 10],
  ])
})

it('passes over the holes that players leave', () => {
  expect(gaps([[0.1, 4]], 10, 0.9)).toEqual([[4, 10]])
})

it('is empty once enough was seen', () => {
  expect(gaps([[0, 9.8]], 10, 0.9)).toEqual([])
  expect(gaps([], 10, 0)).toEqual([])
})
