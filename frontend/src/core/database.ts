/**
 * Where one person's unsent answers and drafts lie in the browser: in IndexedDB.
 *
 * A browser without it, or one whose disk is full, keeps them in `localStorage`, and in memory if
 * nothing else is left. Nothing here ever rejects: an answer must not be lost for want of a place.
 */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { type Draft, type DraftStore, readDraft } from './draft'
import { type EntryStore, type Kept, readEntry } from './outbox'
import { forget, readJson, type Store, writeJson } from './storage'

export type Database = EntryStore & DraftStore

interface Schema extends DBSchema {
  /** In the order of their numbers. */
  outbox: {
    key: number
    value: { user: number; key: string; entry: Kept }
    indexes: { user: number; key: [user: number, key: string] }
  }
  drafts: {
    key: [user: number, slot: number]
    value: { user: number; slot: number; savedAt: number; draft: Draft }
    indexes: { savedAt: number }
  }
}

const NAME = 'crest'
const VERSION = 1
const OPENS_WITHIN = 4000
const DRAFTS_LAST = 30 * 86_400_000

/** Open one person's place. What an older page left in `localStorage` moves in. */
export async function openDatabase(
  user: number,
  store: Store,
  now: () => number,
): Promise<Database> {
  const spare = spareDatabase(user, store)
  const opened = await open().catch(() => null)
  if (!opened) return spare
  const database = withSpare(indexed(opened, user, now), spare)
  for (const entry of await spare.entries()) {
    await database.putEntry(entry)
    await spare.dropEntry(entry.key)
  }
  prune(opened, now()).catch(() => undefined)
  return database
}

/** A browser may leave the question open for ever; then we go on without. */
async function open(): Promise<IDBPDatabase<Schema>> {
  const asked = openDB<Schema>(NAME, VERSION, {
    upgrade(database) {
      const outbox = database.createObjectStore('outbox', { autoIncrement: true })
      outbox.createIndex('user', 'user')
      outbox.createIndex('key', ['user', 'key'], { unique: true })
      database
        .createObjectStore('drafts', { keyPath: ['user', 'slot'] })
        .createIndex('savedAt', 'savedAt')
    },
    // A newer page wants to change the shape: let it.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  })
  const late = new Promise<never>((_, reject) => setTimeout(reject, OPENS_WITHIN))
  return Promise.race([asked, late])
}

function indexed(database: IDBPDatabase<Schema>, user: number, now: () => number): Database {
  return {
    entries: async () => {
      const rows = await database.getAllFromIndex('outbox', 'user', user)
      return rows.map(({ entry }) => readEntry(entry)).filter(entry => entry !== null)
    },
    putEntry: async entry => {
      const { store, done } = database.transaction('outbox', 'readwrite')
      const number = await store.index('key').getKey([user, entry.key])
      await store.put({ user, key: entry.key, entry }, number)
      await done
    },
    dropEntry: async key => {
      const { store, done } = database.transaction('outbox', 'readwrite')
      const number = await store.index('key').getKey([user, key])
      if (number !== undefined) await store.delete(number)
      await done
    },
    draft: async slot => readDraft((await database.get('drafts', [user, slot]))?.draft),
    putDraft: async (slot, draft) => {
      const writing = database.transaction('drafts', 'readwrite')
      const there = readDraft((await writing.store.get([user, slot]))?.draft)
      const newer = there !== null && there.step > draft.step ? there : null
      if (!newer) await writing.store.put({ user, slot, savedAt: now(), draft })
      await writing.done
      return newer
    },
    dropDraft: slot => database.delete('drafts', [user, slot]),
  }
}

async function prune(database: IDBPDatabase<Schema>, now: number): Promise<void> {
  const writing = database.transaction('drafts', 'readwrite')
  const old = writing.store.index('savedAt').iterate(IDBKeyRange.upperBound(now - DRAFTS_LAST))
  for await (const cursor of old) await cursor.delete()
  await writing.done
}

/** Whatever the first cannot do now, the spare does; and both are asked for what they have. */
function withSpare(first: Database, spare: Database): Database {
  return {
    entries: async () => [...(await first.entries().catch(() => [])), ...(await spare.entries())],
    putEntry: entry => first.putEntry(entry).catch(() => spare.putEntry(entry)),
    dropEntry: async key => {
      await first.dropEntry(key).catch(() => undefined)
      await spare.dropEntry(key)
    },
    draft: async slot => (await first.draft(slot).catch(() => null)) ?? spare.draft(slot),
    putDraft: (slot, draft) => first.putDraft(slot, draft).catch(() => spare.putDraft(slot, draft)),
    dropDraft: async slot => {
      await first.dropDraft(slot).catch(() => undefined)
      await spare.dropDraft(slot)
    },
  }
}

/** In `localStorage`, as older pages did it; what does not fit there, in memory. */
export function spareDatabase(user: number, store: Store): Database {
  const memory = new Map<string, unknown>()
  const read = <T>(key: string, parse: (value: unknown) => T): T =>
    parse(memory.get(key) ?? readJson(store, key, isAnything))
  const write = (key: string, value: unknown): void => {
    if (writeJson(store, key, value)) memory.delete(key)
    else memory.set(key, value)
  }
  const outbox = `crest.outbox.${user}`
  const draftOf = (slot: number) => `crest.draft.${user}.${slot}`
  const entries = () => read(outbox, readEntries)
  const writeEntries = (kept: Kept[]) => {
    if (kept.length > 0) return write(outbox, kept)
    memory.delete(outbox)
    forget(store, outbox)
  }
  return {
    entries: async () => entries(),
    putEntry: async entry => {
      const kept = entries()
      const here = kept.findIndex(({ key }) => key === entry.key)
      writeEntries(here < 0 ? [...kept, entry] : kept.with(here, entry))
    },
    dropEntry: async key => {
      const kept = entries()
      const left = kept.filter(entry => entry.key !== key)
      if (left.length < kept.length) writeEntries(left)
    },
    draft: async slot => read(draftOf(slot), readDraft),
    putDraft: async (slot, draft) => {
      const there = read(draftOf(slot), readDraft)
      if (there && there.step > draft.step) return there
      write(draftOf(slot), draft)
      return null
    },
    dropDraft: async slot => {
      memory.delete(draftOf(slot))
      forget(store, draftOf(slot))
    },
  }
}

const isAnything = (_value: unknown): _value is unknown => true

const readEntries = (value: unknown): Kept[] =>
  Array.isArray(value) ? value.map(readEntry).filter(entry => entry !== null) : []
