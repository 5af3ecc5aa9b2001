import { expect, it } from 'vitest'
import { heardAt, skew } from '../../src/core/skew'

const answer = (date: string | null) => new Response(null, date ? { headers: { Date: date } } : {})
const NOON = 'Mon, 23 Nov 2026 12:00:00 GMT'

it('is how far our clock is ahead of the server, to a second', () => {
  heardAt(answer(NOON), Date.parse(NOON) + 86_400_400)
  expect(skew()).toBe(86_400)
  heardAt(answer(NOON), Date.parse(NOON) - 5000)
  expect(skew()).toBe(-5)
})

it('stays as it is when the server says nothing of the time', () => {
  heardAt(answer(NOON), Date.parse(NOON))
  heardAt(answer(null), 0)
  heardAt(answer('yesterday'), 0)
  expect(skew()).toBe(0)
})
