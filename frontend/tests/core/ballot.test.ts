import { describe, expect, it } from 'vitest'
import { BLANK, mark } from '../../src/core/ballot'

const choose = (choice: 'first' | 'tie', sendIt = true) =>
  ({ type: 'choose', choice, sendIt }) as const

describe('a ballot', () => {
  it('is about to be sent once something is chosen, where it sends itself', () => {
    expect(mark(BLANK, choose('first'))).toEqual({ choice: 'first', changes: 0, pending: true })
    expect(mark(BLANK, choose('first', false)).pending).toBe(false)
  })

  it('can be taken back, which counts as a change of mind', () => {
    const taken = mark(mark(BLANK, choose('first')), { type: 'back' })
    expect(taken).toEqual({ choice: null, changes: 1, pending: false })
    expect(mark(taken, { type: 'back' }).changes).toBe(1)
    expect(mark(taken, choose('tie')).changes).toBe(1)
  })

  it('counts another choice as a change, and the same one not; either begins the pause anew', () => {
    const first = mark(BLANK, choose('first'))
    expect(mark(first, choose('tie')).changes).toBe(1)
    const again = mark(first, choose('first'))
    expect(again.changes).toBe(0)
    expect(again).not.toBe(first)
  })

  it('keeps the choice when something else comes up', () => {
    expect(mark(mark(BLANK, choose('first')), { type: 'wait' })).toEqual({
      choice: 'first',
      changes: 0,
      pending: false,
    })
  })
})
