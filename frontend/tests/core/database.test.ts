import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDatabase, spareDatabase } from '../../src/core/database'
import { type Draft, emptyDraft } from '../../src/core/draft'
import type { Entry } from '../../src/core/outbox'
import type { Store } from '../../src/core/storage'
import { fullStore, memoryStore } from './fakes'

const entry = (slot: number, about = 'A cat'): Entry => ({
  kind: 'skip',
  key: `key-${slot}`,
  slug: 'demo',
  slot,
  about,
  body: { reason: 'unsure' },
})
const draft = (step: number): Draft => ({ ...emptyDraft('a-key'), step })
const open = (user = 1, store: Store = memoryStore(), now = () => 0) =>
  openDatabase(user, store, now)

const MONTH = 31 * 86_400_000

/** Emptied, not deleted: that would wait until all who have it open let go. */
afterEach(async () => {
  vi.unstubAllGlobals()
  const database = await openDB('crest')
  for (const name of ['outbox', 'drafts'] as const) await database.clear(name)
  database.close()
})

const places = [
  ['IndexedDB', () => open()],
  ['localStorage', async () => spareDatabase(1, memoryStore())],
  ['memory alone', async () => spareDatabase(1, fullStore)],
] as const

describe.each(places)('in %s', (_, make) => {
  it('entries lie in the order in which they came, and one can be replaced', async () => {
    const database = await make()
    for (const slot of [3, 1, 2]) await database.putEntry(entry(slot))
    await database.putEntry(entry(3, 'A dog'))
    await database.dropEntry('key-1')
    await database.dropEntry('unknown')
    expect(await database.entries()).toEqual([entry(3, 'A dog'), entry(2)])
  })

  it('a draft gives way to nothing but one that went further', async () => {
    const database = await make()
    expect(await database.draft(9)).toBeNull()
    expect(await database.putDraft(9, draft(2))).toBeNull()
    expect(await database.putDraft(9, draft(1))).toEqual(draft(2))
    expect(await database.putDraft(9, { ...draft(2), changes: 1 })).toBeNull()
    expect(await database.draft(9)).toEqual({ ...draft(2), changes: 1 })
    await database.dropDraft(9)
    expect(await database.draft(9)).toBeNull()
  })
})

describe('openDatabase', () => {
  it('shows nobody what another person has kept', async () => {
    const one = await open(1)
    await one.putEntry(entry(1))
    await one.putDraft(9, draft(1))
    const other = await open(2)
    expect(await other.entries()).toEqual([])
    expect(await other.draft(9)).toBeNull()
    expect(await (await open(1)).entries()).toEqual([entry(1)])
  })

  it('moves in what an older page has left behind', async () => {
    const store = memoryStore()
    const submission = { client_key: 'old', levels: {}, evidence: {} }
    store.setItem('crest.outbox.1', JSON.stringify([{ slug: 'demo', slot: 4, submission }]))
    store.setItem('crest.draft.1.9', JSON.stringify(draft(3)))
    const database = await open(1, store)
    expect(await database.entries()).toMatchObject([{ key: 'old', kind: 'submission', slot: 4 }])
    expect(store.getItem('crest.outbox.1')).toBeNull()
    expect(await database.draft(9)).toEqual(draft(3))
  })

  it('forgets drafts that nobody came back to', async () => {
    await (await open()).putDraft(9, draft(1))
    await open(1, memoryStore(), () => MONTH)
    await vi.waitFor(async () => expect(await (await open()).draft(9)).toBeNull())
  })

  it('does without IndexedDB where there is none', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const database = await open()
    await database.putEntry(entry(1))
    expect(await database.entries()).toEqual([entry(1)])
  })
})
