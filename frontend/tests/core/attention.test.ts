import { expect, it } from 'vitest'
import { attend, attentionOut, type Look, NO_ATTENTION } from '../../src/core/attention'

const looks = (...changes: Partial<Look>[]): Look[] =>
  changes.map((change, at) => ({
    at,
    rate: 1,
    playing: true,
    visible: true,
    focused: true,
    stalled: false,
    ...change,
  }))

/** One look a second. */
const after = (seen: Look[]) =>
  attentionOut(
    seen.reduce(
      (attention, look, index) => attend(attention, seen[index - 1] ?? null, look),
      NO_ATTENTION,
    ),
  )

it('adds up the seconds of each speed', () => {
  const seen = looks({}, {}, { rate: 2 }, { rate: 2, playing: false }, {})
  expect(after(seen).rates).toEqual([
    [1, 2],
    [2, 1],
  ])
})

it('counts stalls, but not the loading at first', () => {
  const seen = looks({ stalled: true }, {}, { stalled: true }, { stalled: true }, {})
  expect(after(seen)).toMatchObject({ stalls: 1, seconds_stalled: 3, rates: [[1, 1]] })
})

it('counts looks away, and the time out of sight, in which nothing was played for anybody', () => {
  const seen = looks({}, { focused: false, visible: false }, { focused: false, visible: false }, {})
  expect(after(seen)).toMatchObject({ focus_losses: 1, seconds_hidden: 2, rates: [[1, 1]] })
})
