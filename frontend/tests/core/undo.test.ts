import { describe, expect, it } from 'vitest'
import type { Claim } from '../../src/core/ratingTypes'
import { OFFERED_FOR, type Offer, type UndoAction, undo } from '../../src/core/undo'

const done = { kind: 'submitted', claim: { slot: 7 } as Claim } as const
const play = (...actions: UndoAction[]): Offer | null =>
  actions.reduce<Offer | null>(undo, undo(null, { type: 'offer', done }))

describe('the offer to take back', () => {
  it('stands for its time and then goes', () => {
    expect(play({ type: 'pass', ms: OFFERED_FOR - 1 })?.done).toEqual(done)
    expect(play({ type: 'pass', ms: OFFERED_FOR })).toBeNull()
  })

  it('waits while somebody is at it', () => {
    const held = play({ type: 'hold', held: true }, { type: 'pass', ms: OFFERED_FOR })
    expect(held?.left).toBe(OFFERED_FOR)
    expect(undo(undo(held, { type: 'hold', held: false }), { type: 'pass', ms: 100 })?.left).toBe(
      OFFERED_FOR - 100,
    )
  })

  it('does not run out while it is being taken', () => {
    expect(play({ type: 'take' }, { type: 'pass', ms: OFFERED_FOR })?.taking).toBe(true)
    expect(play({ type: 'take' }, { type: 'over' })).toBeNull()
  })

  it('gives way to what was done after it', () => {
    const next = { kind: 'skipped', claim: { slot: 8 } as Claim } as const
    const offer = play({ type: 'pass', ms: 5000 }, { type: 'offer', done: next })
    expect(offer).toMatchObject({ done: next, left: OFFERED_FOR })
  })

  it('is none before anything was done', () => {
    expect(undo(null, { type: 'take' })).toBeNull()
  })
})
