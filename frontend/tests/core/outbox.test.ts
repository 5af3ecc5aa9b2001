import { describe, expect, it } from 'vitest'
import { spareDatabase } from '../../src/core/database'
import {
  backoff,
  type Channel,
  type Entry,
  type EntryStore,
  type Message,
  Outbox,
  readEntry,
  type Status,
} from '../../src/core/outbox'
import { ApiError, problemOf, UNREACHABLE } from '../../src/core/problem'
import { fullStore, memoryStore } from './fakes'

const entry = (slot: number): Entry => ({
  kind: 'skip',
  key: `key-${slot}`,
  slug: 'demo',
  slot,
  about: 'A cat',
  body: { reason: 'unsure' },
})
const refusal = (status: number, type = 'error') => new ApiError({ type, title: 'no', status })
const away = () => refusal(0, UNREACHABLE)

/** Tabs of one browser: what one says, the others hear. */
function tabs(): () => Channel {
  const listeners: ((message: Message) => void)[] = []
  return () => {
    const own: ((message: Message) => void)[] = []
    return {
      post: message => {
        for (const listener of listeners) if (!own.includes(listener)) listener(message)
      },
      listen: listener => {
        own.push(listener)
        listeners.push(listener)
      },
    }
  }
}

type Answer = Error | 'ok' | { feedback: null }
type Setup = { store?: EntryStore; channel?: Channel; stillUs?: boolean }

/** An outbox whose server answers by the script and whose pauses are over at once. */
function outboxWith(script: Answer[], setup: Setup = {}) {
  const sent: string[] = []
  const paused: number[] = []
  const told: Status[] = []
  const store = setup.store ?? spareDatabase(1, memoryStore())
  const outbox = new Outbox({
    store: Promise.resolve(store),
    channel: setup.channel ?? tabs()(),
    send: async ({ key }) => {
      sent.push(key)
      const answer = script.shift() ?? 'ok'
      if (answer instanceof Error) throw answer
      return answer === 'ok' ? null : answer
    },
    isStillUs: async () => setup.stillUs ?? true,
    problemOf,
    pause: async seconds => void paused.push(seconds),
  })
  outbox.changed.listen(status => told.push(status))
  const deliver = async (...slots: number[]) => {
    for (const slot of slots) await outbox.add(entry(slot))
    await outbox.deliver()
  }
  return { outbox, sent, paused, told, store, deliver }
}

describe('Outbox', () => {
  it('keeps an answer without waiting for the network, and delivers it', async () => {
    const { outbox, sent, told, store } = outboxWith([])
    const { outcome } = await outbox.add(entry(1))
    expect(outbox.slotsOf('demo')).toEqual([1])
    expect(await outcome).toEqual({ kind: 'saved', receipt: null })
    await outbox.deliver()
    expect(sent).toEqual(['key-1'])
    expect(await store.entries()).toEqual([])
    expect(told).toEqual([{ state: 'sending', count: 1 }, { state: 'empty' }])
  })

  it('hands the receipt to whoever waits for it', async () => {
    const { outbox } = outboxWith([{ feedback: null }])
    const { outcome } = await outbox.add(entry(1))
    expect(await outcome).toEqual({ kind: 'saved', receipt: { feedback: null } })
  })

  it('tries again with the same key while the server is away', async () => {
    const { sent, paused, told, deliver } = outboxWith([away(), refusal(503), refusal(429), 'ok'])
    await deliver(1)
    expect(sent).toEqual(Array(4).fill('key-1'))
    expect(paused).toEqual([1, 2, 4])
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'offline', seconds: 1 })
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'server', seconds: 2 })
  })

  it.each([
    ['a session has ended', refusal(401), 'signed-out'],
    ['one is paused in the project', refusal(403, 'paused'), 'paused'],
  ])('waits while %s', async (_, refused, reason) => {
    const { told, sent, deliver } = outboxWith([refused, 'ok'])
    await deliver(1)
    expect(sent).toHaveLength(2)
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason, seconds: 1 })
  })

  it('waits while somebody else is signed in, to whom our answers look missing', async () => {
    const { told, outbox, deliver } = outboxWith([refusal(404, 'no-such-slot')], {
      stillUs: false,
    })
    await deliver(1)
    expect(told).toContainEqual({ state: 'waiting', count: 1, reason: 'signed-out', seconds: 1 })
    expect(outbox.refused).toEqual([])
  })

  it('tries once more when the cookie that guards forms was lost', async () => {
    const { sent, outbox, deliver } = outboxWith([refusal(403), 'ok', refusal(403), refusal(403)])
    await deliver(1)
    expect(outbox.refused).toEqual([])
    await deliver(2)
    expect(sent).toEqual(['key-1', 'key-1', 'key-2', 'key-2'])
    expect(outbox.refused).toMatchObject([{ entry: { slot: 2 } }])
  })

  it('keeps what is refused until its author has seen it', async () => {
    const { outbox, store, deliver } = outboxWith([refusal(422, 'not-watched'), 'ok'])
    await deliver(1, 2)
    expect(outbox.entries).toEqual([])
    expect(outbox.slotsOf('demo')).toEqual([1])

    const later = outboxWith([], { store })
    await later.outbox.deliver()
    expect(later.sent).toEqual([])
    expect(later.outbox.refused).toMatchObject([
      { entry: entry(1), problem: { type: 'not-watched' } },
    ])
    await later.outbox.dismiss('key-1')
    expect(later.outbox.refused).toEqual([])
    expect(await store.entries()).toEqual([])
  })

  it('still has an answer after the page was closed', async () => {
    const store = spareDatabase(1, memoryStore())
    const closed = new Outbox({
      store: Promise.resolve(store),
      channel: tabs()(),
      send: () => Promise.reject(away()),
      isStillUs: async () => true,
      problemOf,
      pause: () => new Promise(() => undefined),
    })
    await closed.add(entry(7))
    const { outbox, sent } = outboxWith([], { store })
    await outbox.deliver()
    expect(sent).toEqual(['key-7'])
    expect(outbox.entries).toEqual([])
  })

  it('delivers in order; what the server cannot take now holds up its own slot only', async () => {
    const store = spareDatabase(1, memoryStore())
    for (const one of [entry(1), { ...entry(1), key: 'second' }, entry(2)])
      await store.putEntry(one as Entry)
    const { outbox, sent } = outboxWith([refusal(500)], { store })
    await outbox.deliver()
    expect(sent).toEqual(['key-1', 'key-2', 'key-1', 'second'])
  })

  it('sends nothing more after the first that finds nobody', async () => {
    const { sent, deliver } = outboxWith([away()])
    await deliver(1, 2)
    expect(sent).toEqual(['key-1', 'key-1', 'key-2'])
  })

  it('delivers even where the browser keeps nothing', async () => {
    const { sent, deliver } = outboxWith([refusal(500), 'ok'], {
      store: spareDatabase(1, fullStore),
    })
    await deliver(1)
    expect(sent).toHaveLength(2)
  })

  it('does not send what was taken back', async () => {
    const store = spareDatabase(1, memoryStore())
    await store.putEntry(entry(1))
    const { outbox, sent } = outboxWith([], { store })
    await outbox.ready
    expect(await outbox.withdraw('key-1')).toBe(true)
    expect(await outbox.withdraw('key-1')).toBe(false)
    await outbox.deliver()
    expect(sent).toEqual([])
  })
})

describe('two tabs', () => {
  const setUp = () => {
    const store = spareDatabase(1, memoryStore())
    const channel = tabs()
    return [
      outboxWith([], { store, channel: channel() }),
      outboxWith([], { store, channel: channel() }),
    ] as const
  }

  it('tell each other what was answered', async () => {
    const [one, other] = setUp()
    const heard: number[] = []
    other.outbox.answeredElsewhere.listen(({ slot }) => heard.push(slot))
    await one.deliver(3)
    await other.outbox.deliver()
    expect(heard).toEqual([3])
    expect(other.outbox.slotsOf('demo')).toEqual([])
  })

  it('may both send, and neither keeps it', async () => {
    const [one, other] = setUp()
    const { outcome } = await one.outbox.add(entry(1))
    await Promise.all([one.outbox.deliver(), other.outbox.deliver()])
    expect((await outcome).kind).toBe('saved')
    expect(await one.store.entries()).toEqual([])
  })
})

it('backs off up to half a minute', () => {
  expect([1, 2, 5, 6, 20].map(backoff)).toEqual([1, 2, 16, 30, 30])
})

describe('an entry that was kept', () => {
  it('is read as it was', () => {
    expect(readEntry(entry(1))).toEqual(entry(1))
  })

  it('may be of an older page', () => {
    const submission = { client_key: 'a-key', levels: {}, evidence: {} }
    expect(readEntry({ slug: 'demo', slot: 4, submission })).toMatchObject({
      kind: 'submission',
      key: 'a-key',
      slot: 4,
      body: submission,
    })
  })

  it.each([null, 3, {}, { slug: 'demo', slot: 4 }, { ...entry(1), kind: 'haiku' }])(
    'is not believed when it is %j',
    value => {
      expect(readEntry(value)).toBeNull()
    },
  )
})
