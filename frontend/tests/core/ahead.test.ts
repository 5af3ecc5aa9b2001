import { describe, expect, it, vi } from 'vitest'
import { Ahead, type Ready } from '../../src/core/ahead'
import { emptyDraft } from '../../src/core/draft'
import { ApiError, problemOf, UNREACHABLE } from '../../src/core/problem'
import type { Claim } from '../../src/core/ratingTypes'

const LEASE = 600
const nothing = (why: string) =>
  new ApiError({ type: 'nothing-to-rate', title: '', status: 404, why })
const away = () => new ApiError({ type: UNREACHABLE, title: '', status: 0 })

/** A queue that lends the lowest slot which is neither done nor beside. */
function queueOf(slots: number[], { ahead = true } = {}) {
  const world = {
    slots,
    waiting: [] as number[],
    now: 0,
    fails: null as ApiError | null,
    gate: Promise.resolve(),
  }
  const asked: number[][] = []
  const ready = (slot: number): Ready => ({
    claim: { slot, lease_seconds: LEASE } as Claim,
    draft: emptyDraft(`key-${slot}`),
    at: world.now,
  })
  const sent = vi.fn(async () => {
    world.slots = world.slots.filter(slot => !world.waiting.includes(slot))
    world.waiting = []
  })
  const made = new Ahead({
    claim: async beside => {
      asked.push([...beside])
      await world.gate
      if (world.fails) throw world.fails
      const slot = world.slots.find(one => !beside.includes(one))
      if (slot === undefined) throw nothing('yours-done')
      return ready(slot)
    },
    answered: () => world.waiting,
    sent,
    problemOf,
    now: () => world.now,
    ahead,
  })
  const answer = async (slot: number) => {
    world.waiting.push(slot)
    made.done(slot)
    await settled()
  }
  return { ahead: made, world, asked, sent, answer, ready }
}

const settled = () => new Promise(resolve => setTimeout(resolve))
const shown = ({ screen }: Ahead) =>
  screen.kind === 'item' ? [screen.here.claim.slot, screen.next?.claim.slot ?? null] : screen.kind

describe('Ahead', () => {
  it('claims the next while one is on the screen', async () => {
    const { ahead, asked } = queueOf([1, 2, 3])
    await ahead.look()
    await settled()
    expect(shown(ahead)).toEqual([1, 2])
    expect(asked).toEqual([[], [1]])
  })

  it('goes on at once, and leaves out what may not have been sent', async () => {
    const { ahead, asked, world } = queueOf([1, 2, 3])
    await ahead.look()
    await settled()
    world.waiting.push(1)
    ahead.done(1)
    expect(shown(ahead)).toEqual([2, null])
    await settled()
    expect(shown(ahead)).toEqual([2, 3])
    expect(asked.at(-1)).toEqual([2, 1])
  })

  it('waits for a claim that is on its way instead of making another', async () => {
    const { ahead, asked, world, answer } = queueOf([1, 2, 3])
    let open = () => {}
    await ahead.look()
    await settled()
    world.gate = new Promise(resolve => {
      open = resolve
    })
    await answer(1)
    await answer(2)
    expect(shown(ahead)).toBe('loading')
    open()
    await settled()
    expect(shown(ahead)).toEqual([3, null])
    expect(asked.slice(0, 3)).toEqual([[], [1], [2, 1]])
  })

  it('says that there is nothing only after all has been sent', async () => {
    const { ahead, answer, sent } = queueOf([1])
    await ahead.look()
    await settled()
    await answer(1)
    expect(sent).toHaveBeenCalledOnce()
    expect(ahead.screen).toMatchObject({ kind: 'nothing', problem: { why: 'yours-done' } })
  })

  it('does not ask again and again when there is nothing beside what it has', async () => {
    const { ahead, asked } = queueOf([1])
    await ahead.look()
    await settled()
    ahead.fill()
    ahead.fill()
    await settled()
    expect(asked).toEqual([[], [1]])
  })

  it('shows what it has while the server is away, and goes on when it is back', async () => {
    const { ahead, world, answer } = queueOf([1, 2, 3])
    await ahead.look()
    await settled()
    world.fails = away()
    await answer(1)
    expect(shown(ahead)).toEqual([2, null])
    await answer(2)
    expect(ahead.screen).toMatchObject({ kind: 'failed', problem: { type: UNREACHABLE } })
    world.fails = null
    ahead.fill()
    await settled()
    expect(shown(ahead)).toEqual([3, null])
  })

  it('moves on when another tab has answered what is shown, or what comes next', async () => {
    const { ahead, answer } = queueOf([1, 2, 3, 4])
    await ahead.look()
    await settled()
    await answer(2)
    expect(shown(ahead)).toEqual([1, 3])
    await answer(1)
    expect(shown(ahead)).toEqual([3, 4])
    await answer(9)
    expect(shown(ahead)).toEqual([3, 4])
  })

  it('does not show what was lent too long ago', async () => {
    const { ahead, world, asked, answer } = queueOf([1, 2])
    await ahead.look()
    await settled()
    world.now = LEASE
    await answer(1)
    expect(asked.at(-2)).toEqual([1])
    expect(shown(ahead)).toEqual([2, null])
  })

  it('knows that a heartbeat has renewed it', async () => {
    const { ahead, world, asked, answer } = queueOf([1, 2])
    await ahead.look()
    await settled()
    world.now = LEASE - 1
    ahead.renewed()
    world.now = LEASE + 1
    const before = asked.length
    world.fails = away()
    await answer(1)
    expect(shown(ahead)).toEqual([2, null])
    expect(asked.length).toBe(before + 1)
  })

  it('puts what is opened again before what was there, with the answers so far', async () => {
    const { ahead, ready } = queueOf([1, 2])
    await ahead.look()
    await settled()
    ahead.remember(1, { ...emptyDraft('key-1'), step: 3 })
    ahead.open(ready(8))
    expect(shown(ahead)).toEqual([8, 1])
    ahead.done(8)
    expect(ahead.screen).toMatchObject({ here: { draft: { step: 3 } } })
  })

  it('asks for each when its turn comes where being ahead is switched off', async () => {
    const { ahead, asked, answer } = queueOf([1, 2], { ahead: false })
    await ahead.look()
    await settled()
    expect(shown(ahead)).toEqual([1, null])
    await answer(1)
    expect(shown(ahead)).toEqual([2, null])
    expect(asked).toEqual([[], [1]])
  })
})
