/**
 * What was answered, on its way to the server: kept in the browser until the server has it.
 *
 * Each carries a key made before the first try, so trying again can never store it twice, not even
 * when two tabs try at once. What the server refuses for good is kept too, until its author has
 * seen it.
 */

import type { Receipt } from './answersTypes'
import { isPassing, type Problem, UNREACHABLE } from './problem'
import type { Amendment, Answer, Skip, Vote } from './ratingTypes'
import { makeSignal } from './signal'
import { isRecord } from './storage'

type Kinds =
  | { kind: 'submission'; body: Answer }
  | { kind: 'vote'; body: Vote }
  | { kind: 'skip'; body: Skip }
  | { kind: 'revision'; body: Amendment }
/** `about` is the caption's beginning, to be named when the server refuses. */
export type Entry = Kinds & { key: string; slug: string; slot: number; about: string }
export type Refused = { entry: Entry; problem: Problem }
export type Kept = Entry & { refused?: Problem }
/** `receipt` is null for what has none, and where another tab has delivered it. */
export type Delivery =
  | { kind: 'saved'; receipt: Receipt | null }
  | { kind: 'refused'; problem: Problem }

export type Reason = 'offline' | 'server' | 'signed-out' | 'paused'
export type Status =
  | { state: 'empty' }
  | { state: 'sending'; count: number }
  | { state: 'waiting'; count: number; reason: Reason; seconds: number }

/** Where entries lie, in the order in which they came; one of a known key replaces that one. */
export type EntryStore = {
  entries: () => Promise<Kept[]>
  putEntry: (entry: Kept) => Promise<void>
  dropEntry: (key: string) => Promise<void>
}
/** What the tabs of one person tell each other. */
export type Message = { type: 'outbox' } | { type: 'answered'; slug: string; slot: number }
export type Channel = {
  post: (message: Message) => void
  listen: (listener: (message: Message) => void) => void
}
export type Ports = {
  store: Promise<EntryStore>
  channel: Channel
  /** Resolves when the server has it; rejects with what `problemOf` understands. */
  send: (entry: Entry) => Promise<unknown>
  /** Whether it is still us whom the server sees: another tab may have changed that. */
  isStillUs: () => Promise<boolean>
  problemOf: (error: unknown) => Problem
  /** Waits so long, or until woken. */
  pause: (seconds: number) => Promise<void>
}

const LONGEST_PAUSE = 30
const UNAUTHORIZED = 401
const FORBIDDEN = 403
const NOT_FOUND = 404

export const backoff = (attempt: number): number => Math.min(2 ** (attempt - 1), LONGEST_PAUSE)

type Told = { state: 'empty' | 'sending' } | { state: 'waiting'; reason: Reason; seconds: number }
type Waiter = { promise: Promise<Delivery>; resolve: (delivery: Delivery) => void }
type Round = { obstacle: Reason | null; delivered: boolean }

export class Outbox {
  readonly changed = makeSignal<Status>()
  readonly refusedChanged = makeSignal<readonly Refused[]>()
  /** Another tab has answered this: whoever shows it may go on. */
  readonly answeredElsewhere = makeSignal<{ slug: string; slot: number }>()
  /** Once it is known what earlier visits have left. */
  readonly ready: Promise<void>
  readonly #ports: Ports
  #kept: readonly Kept[] = []
  #refused: readonly Refused[] = []
  /** On their way into the store. */
  #coming: readonly Entry[] = []
  #status: Status = { state: 'empty' }
  #working: Promise<void> | null = null
  #asked = false
  #waiters = new Map<string, Waiter>()
  /** Keys that met a 403 once: the cookie that guards forms may have been lost, and is back now. */
  #forbidden = new Set<string>()

  constructor(ports: Ports) {
    this.#ports = ports
    this.ready = this.#read()
    ports.channel.listen(async message => {
      await this.#read()
      if (message.type === 'answered') this.answeredElsewhere.emit(message)
    })
  }

  get status(): Status {
    return this.#status
  }

  /** What waits to be sent. */
  get entries(): readonly Entry[] {
    const stored = this.#kept.filter(({ refused }) => refused === undefined)
    return [...stored, ...this.#coming.filter(({ key }) => !stored.some(one => one.key === key))]
  }

  get refused(): readonly Refused[] {
    return this.#refused
  }

  /** The slots of a project that need not be lent again: they are answered, at least here. */
  slotsOf(slug: string): number[] {
    const all = [...this.#kept, ...this.#coming].filter(entry => entry.slug === slug)
    return [...new Set(all.map(({ slot }) => slot))]
  }

  /** Keep an answer; its delivery begins. Resolves when it is kept, which takes no network. */
  async add(entry: Entry): Promise<{ outcome: Promise<Delivery> }> {
    this.#coming = [...this.#coming, entry]
    this.#tell(this.#status.state === 'waiting' ? this.#status : { state: 'sending' })
    const store = await this.#ports.store
    await store.putEntry(entry)
    this.#kept = [...this.#kept.filter(({ key }) => key !== entry.key), entry]
    this.#coming = this.#coming.filter(({ key }) => key !== entry.key)
    const outcome = this.outcomeOf(entry.key)
    this.#ports.channel.post({ type: 'answered', slug: entry.slug, slot: entry.slot })
    void this.deliver()
    return { outcome }
  }

  /** What becomes of what was added. */
  outcomeOf(key: string): Promise<Delivery> {
    if (!this.#has(key)) return Promise.resolve({ kind: 'saved', receipt: null })
    const known = this.#waiters.get(key)
    if (known) return known.promise
    let resolve: Waiter['resolve'] = () => undefined
    const promise = new Promise<Delivery>(settle => {
      resolve = settle
    })
    this.#waiters.set(key, { promise, resolve })
    return promise
  }

  /** Take back what may not have been sent yet. Says whether it still was here. */
  async withdraw(key: string): Promise<boolean> {
    const here = this.#has(key)
    await this.#drop(key)
    return here
  }

  /** Its author has seen that it was refused. */
  dismiss(key: string): Promise<void> {
    return this.#drop(key)
  }

  /** Deliver whatever waits, and resolve when nothing does. Two callers wait for the same work. */
  deliver(): Promise<void> {
    this.#asked = true
    this.#working ??= this.#work()
    return this.#working
  }

  async #work(): Promise<void> {
    let attempt = 0
    for (;;) {
      this.#asked = false
      await this.#read()
      if (this.entries.length === 0 && !this.#asked) break
      const { obstacle, delivered } = await this.#round()
      attempt = delivered ? 1 : attempt + 1
      if (obstacle) await this.#wait(obstacle, backoff(attempt))
    }
    this.#working = null
    this.#tell({ state: 'empty' })
  }

  /** Try each once, in order. One that the server cannot take now holds up its own slot only. */
  async #round(): Promise<Round> {
    const stuck = new Map<number, Reason>()
    let delivered = false
    for (const entry of this.entries) {
      if (stuck.has(entry.slot) || !this.#has(entry.key)) continue
      this.#tell({ state: 'sending' })
      const obstacle = await this.#try(entry)
      if (obstacle === null) delivered = true
      else stuck.set(entry.slot, obstacle)
      if (obstacle === 'offline' || obstacle === 'signed-out') break
    }
    return { obstacle: [...stuck.values()].at(-1) ?? null, delivered }
  }

  /** Send it, and note what came of it; or say why it has to wait. */
  async #try(entry: Entry): Promise<Reason | null> {
    try {
      const receipt = (await this.#ports.send(entry)) as Receipt | null | undefined
      await this.#drop(entry.key, { kind: 'saved', receipt: receipt ?? null })
      return null
    } catch (error) {
      const problem = this.#ports.problemOf(error)
      const obstacle = await this.#obstacle(entry, problem)
      if (obstacle === null) await this.#refuse(entry, problem)
      return obstacle
    }
  }

  async #obstacle({ key }: Entry, problem: Problem): Promise<Reason | null> {
    const { type, status } = problem
    if (type === UNREACHABLE) return 'offline'
    if (status === UNAUTHORIZED) return 'signed-out'
    if (type === 'paused') return 'paused'
    if (isPassing(problem)) return 'server'
    if (status !== FORBIDDEN && status !== NOT_FOUND) return null
    // What is ours looks missing or forbidden to anybody else.
    if (!(await this.#ports.isStillUs())) return 'signed-out'
    if (status === NOT_FOUND || this.#forbidden.has(key)) return null
    this.#forbidden.add(key)
    return 'server'
  }

  async #wait(reason: Reason, seconds: number): Promise<void> {
    this.#tell({ state: 'waiting', reason, seconds })
    await this.#ports.pause(seconds)
  }

  /** Unless another tab has delivered it meanwhile, or its author has taken it back. */
  async #refuse(entry: Entry, problem: Problem): Promise<void> {
    const store = await this.#ports.store
    if (this.#has(entry.key)) await store.putEntry({ ...entry, refused: problem })
    await this.#changed()
  }

  async #drop(key: string, delivery?: Delivery): Promise<void> {
    const store = await this.#ports.store
    await store.dropEntry(key)
    if (delivery) this.#settle(key, delivery)
    await this.#changed()
  }

  async #changed(): Promise<void> {
    this.#ports.channel.post({ type: 'outbox' })
    await this.#read()
  }

  /** Look at what is kept, which other tabs change too, and tell those who wait for an outcome. */
  async #read(): Promise<void> {
    const store = await this.#ports.store
    this.#kept = await store.entries()
    for (const key of [...this.#waiters.keys()]) {
      if (this.#has(key)) continue
      const problem = this.#kept.find(one => one.key === key)?.refused
      this.#settle(key, problem ? { kind: 'refused', problem } : { kind: 'saved', receipt: null })
    }
    this.#tellRefused()
    this.#tell(this.#status)
  }

  #settle(key: string, delivery: Delivery): void {
    this.#waiters.get(key)?.resolve(delivery)
    this.#waiters.delete(key)
  }

  #has(key: string): boolean {
    return this.entries.some(entry => entry.key === key)
  }

  #tellRefused(): void {
    const refused = this.#kept.flatMap(({ refused: problem, ...entry }) =>
      problem ? [{ entry, problem }] : [],
    )
    if (refused.length === 0 && this.#refused.length === 0) return
    this.#refused = refused
    this.refusedChanged.emit(refused)
  }

  #tell(told: Told): void {
    const count = this.entries.length
    const status = told.state === 'empty' || count === 0 ? EMPTY : { ...told, count }
    if (sameStatus(status, this.#status)) return
    this.#status = status
    this.changed.emit(status)
  }
}

const EMPTY: Status = { state: 'empty' }

const sameStatus = (one: Status, other: Status) => JSON.stringify(one) === JSON.stringify(other)

/** One that was kept, perhaps by an older page. Then only answers were kept, without a kind. */
export function readEntry(value: unknown): Kept | null {
  if (!isRecord(value) || typeof value.slug !== 'string' || typeof value.slot !== 'number')
    return null
  if (isRecord(value.submission)) return readOldEntry(value.slug, value.slot, value.submission)
  const known = typeof value.key === 'string' && typeof value.about === 'string'
  return known && KINDS.includes(String(value.kind)) && isRecord(value.body)
    ? (value as Kept)
    : null
}

const KINDS: readonly string[] = ['submission', 'vote', 'skip', 'revision']

function readOldEntry(
  slug: string,
  slot: number,
  submission: Record<string, unknown>,
): Entry | null {
  const key = submission.client_key
  if (typeof key !== 'string') return null
  return { kind: 'submission', key, slug, slot, about: '', body: submission as Answer }
}
