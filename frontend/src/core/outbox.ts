/**
 * Submitted ratings on their way to the server: kept in the browser until it has them.
 *
 * Each carries a key made before the first try, so trying again can never store it twice.
 */

import { isPassing, type Problem } from './problem'
import { makeSignal } from './signal'
import { isRecord, readJson, type Store, writeJson } from './storage'
import type { Submission } from './types'

export type Entry = { slug: string; slot: number; submission: Submission }
export type Delivery = { kind: 'saved' } | { kind: 'refused'; problem: Problem }
export type Status =
  | { state: 'empty' }
  | { state: 'sending'; count: number }
  | {
      state: 'waiting'
      count: number
      reason: 'offline' | 'server' | 'signed-out'
      seconds: number
    }

export type Ports = {
  store: Store
  key: string
  /** Resolves when the server has it; rejects with what `problemOf` understands. */
  send: (entry: Entry) => Promise<unknown>
  problemOf: (error: unknown) => Problem
  /** Waits so long, or until `wake`. */
  pause: (seconds: number) => Promise<void>
}

const LONGEST_PAUSE = 30
const SIGNED_OUT = 401

export const backoff = (attempt: number): number => Math.min(2 ** (attempt - 1), LONGEST_PAUSE)

export class Outbox {
  readonly changed = makeSignal<Status>()
  readonly refused = makeSignal<{ entry: Entry; problem: Problem }>()
  #ports: Ports
  #status: Status = { state: 'empty' }
  #working: Promise<void> | null = null
  #results = new Map<string, Delivery>()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  get status(): Status {
    return this.#status
  }

  get entries(): Entry[] {
    const { store, key } = this.#ports
    return readJson(store, key, isEntries) ?? this.#unkept
  }

  /** For a browser that keeps nothing: then at least until the page is closed. */
  #unkept: Entry[] = []

  /** Keep a rating and see it delivered. */
  async add(entry: Entry): Promise<Delivery> {
    this.#write([...this.entries.filter(other => !same(other, entry)), entry])
    await this.deliver()
    const result = this.#results.get(entry.submission.client_key)
    this.#results.delete(entry.submission.client_key)
    return result ?? { kind: 'saved' }
  }

  /** Deliver whatever is kept, one after the other. Two callers wait for the same work. */
  deliver(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
    return this.#working
  }

  async #work(): Promise<void> {
    for (let entry = this.entries[0]; entry; entry = this.entries[0]) {
      const result = await this.#persist(entry)
      const done = entry
      this.#write(this.entries.filter(other => !same(other, done)))
      this.#results.set(entry.submission.client_key, result)
      if (result.kind === 'refused') this.refused.emit({ entry, problem: result.problem })
    }
    this.#tell({ state: 'empty' })
  }

  /** Try until the server has answered for good. */
  async #persist(entry: Entry): Promise<Delivery> {
    for (let attempt = 1; ; attempt += 1) {
      this.#tell({ state: 'sending', count: this.entries.length })
      try {
        await this.#ports.send(entry)
        return { kind: 'saved' }
      } catch (error) {
        const problem = this.#ports.problemOf(error)
        if (!isPassing(problem) && problem.status !== SIGNED_OUT)
          return { kind: 'refused', problem }
        await this.#wait(problem, backoff(attempt))
      }
    }
  }

  async #wait(problem: Problem, seconds: number): Promise<void> {
    const reason =
      problem.status === SIGNED_OUT ? 'signed-out' : problem.status === 0 ? 'offline' : 'server'
    this.#tell({ state: 'waiting', count: this.entries.length, reason, seconds })
    await this.#ports.pause(seconds)
  }

  #write(entries: Entry[]): void {
    const kept = writeJson(this.#ports.store, this.#ports.key, entries)
    this.#unkept = kept ? [] : entries
  }

  #tell(status: Status): void {
    this.#status = status
    this.changed.emit(status)
  }
}

const same = (one: Entry, other: Entry) => one.submission.client_key === other.submission.client_key

const isEntries = (value: unknown): value is Entry[] =>
  Array.isArray(value) &&
  value.every(
    entry => isRecord(entry) && typeof entry.slot === 'number' && isRecord(entry.submission),
  )
