import { describe, expect, it } from 'vitest'
import { backoff, type Entry, Outbox, type Status } from '../../src/core/outbox'
import { ApiError, problemOf, UNREACHABLE } from '../../src/core/problem'
import type { Store } from '../../src/core/storage'
import { fullStore, memoryStore } from './fakes'

const entry = (slot: number): Entry => ({
  slug: 'demo',
  slot,
  submission: {
    client_key: `key-${slot}`,
    levels: { object: 1, feature: 2, action: 3, camera: 4, background: 0 },
    evidence: { watched: [[0, 5]], seconds_visible: 6, rate: 1, changes: 0 },
  },
})
const refusal = (status: number, type = 'error') => new ApiError({ type, title: 'no', status })

type Script = (Error | 'ok')[]

/** An outbox whose server answers by the script and whose pauses are over at once. */
function outboxWith(script: Script, store: Store = memoryStore()) {
  const sent: Entry[] = []
  const paused: number[] = []
  const told: Status[] = []
  const outbox = new Outbox({
    store,
    key: 'outbox',
    send: async one => {
      sent.push(one)
      const answer = script.shift() ?? 'ok'
      if (answer !== 'ok') throw answer
    },
    problemOf,
    pause: async seconds => void paused.push(seconds),
  })
  outbox.changed.listen(status => told.push(status))
  return { outbox, sent, paused, told, store }
}

describe('Outbox', () => {
  it('delivers, and keeps nothing behind', async () => {
    const { outbox, sent, told } = outboxWith(['ok'])
    expect(await outbox.add(entry(1))).toEqual({ kind: 'saved' })
    expect(sent).toEqual([entry(1)])
    expect(outbox.entries).toEqual([])
    expect(told.at(-1)).toEqual({ state: 'empty' })
  })

  it('tries again with the same key while the server is away', async () => {
    const away = refusal(0, UNREACHABLE)
    const { outbox, sent, paused, told } = outboxWith([away, refusal(503), refusal(429), 'ok'])
    expect(await outbox.add(entry(1))).toEqual({ kind: 'saved' })
    expect(sent.map(one => one.submission.client_key)).toEqual(Array(4).fill('key-1'))
    expect(paused).toEqual([1, 2, 4])
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'offline', seconds: 1 })
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'server', seconds: 2 })
  })

  it('waits for a login instead of giving up', async () => {
    const { outbox, told } = outboxWith([refusal(401), 'ok'])
    expect(await outbox.add(entry(1))).toEqual({ kind: 'saved' })
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'signed-out', seconds: 1 })
  })

  it('says so when the server refuses for good, and goes on with the next', async () => {
    const { outbox, sent } = outboxWith([refusal(422, 'not-watched'), 'ok'])
    const refused = await outbox.add(entry(1))
    expect(refused).toMatchObject({ kind: 'refused', problem: { type: 'not-watched' } })
    expect(await outbox.add(entry(2))).toEqual({ kind: 'saved' })
    expect(sent.map(one => one.slot)).toEqual([1, 2])
  })

  it('still has a rating after the page was closed', async () => {
    const store = memoryStore()
    const closed = new Outbox({
      store,
      key: 'outbox',
      send: () => Promise.reject(refusal(0, UNREACHABLE)),
      problemOf,
      pause: () => new Promise(() => undefined),
    })
    closed.add(entry(7))
    const { outbox, sent } = outboxWith(['ok'], store)
    await outbox.deliver()
    expect(sent).toEqual([entry(7)])
    expect(outbox.entries).toEqual([])
  })

  it('delivers in order, one at a time', async () => {
    const { outbox, sent } = outboxWith([refusal(500), 'ok', 'ok'])
    await Promise.all([outbox.add(entry(1)), outbox.add(entry(2))])
    expect(sent.map(one => one.slot)).toEqual([1, 1, 2])
  })

  it('delivers even where the browser keeps nothing', async () => {
    const { outbox, sent } = outboxWith([refusal(500), 'ok'], fullStore)
    expect(await outbox.add(entry(1))).toEqual({ kind: 'saved' })
    expect(sent).toHaveLength(2)
  })
})

it('backs off up to half a minute', () => {
  expect([1, 2, 5, 6, 20].map(backoff)).toEqual([1, 2, 16, 30, 30])
})
