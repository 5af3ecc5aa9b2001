import { describe, expect, it } from 'vitest'
import { BLANK, type By, mark } from '../../src/core/ballot'

const choose = (choice: 'first' | 'tie', by: By = 'key', sendsItself = true) =>
  ({ type: 'choose', choice, by, sendsItself }) as const

describe('a ballot', () => {
  it('is about to be sent once something is chosen, where it sends itself', () => {
    expect(mark(BLANK, choose('first'))).toEqual({ choice: 'first', changes: 0, pending: 'key' })
    expect(mark(BLANK, choose('first', 'arrow')).pending).toBeNull()
    expect(mark(BLANK, choose('first', 'key', false)).pending).toBeNull()
  })

  it('can be taken back, which counts as a change of mind', () => {
    const taken = mark(mark(BLANK, choose('first')), { type: 'back' })
    expect(taken).toEqual({ choice: null, changes: 1, pending: null })
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

  it('takes back what a second press of the pointer meant to, and nothing else', () => {
    const first = mark(BLANK, choose('first', 'pointer'))
    expect(mark(first, choose('first', 'pointer')).choice).toBeNull()
    expect(mark(first, choose('first')).choice).toBe('first')
    const sitting = mark(BLANK, choose('first', 'arrow'))
    expect(mark(sitting, choose('first', 'pointer')).pending).toBe('pointer')
  })

  it('keeps the choice when something else comes up', () => {
    expect(mark(mark(BLANK, choose('first')), { type: 'wait' })).toEqual({
      choice: 'first',
      changes: 0,
      pending: null,
    })
  })
})
