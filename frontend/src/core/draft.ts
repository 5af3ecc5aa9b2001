/**
 * The answers to an item that is not submitted yet: kept at each change, here and on the server.
 *
 * `step` counts the changes of the answers. Wherever two drafts of one item meet, in two tabs or on
 * two machines, the one with the higher step wins.
 */

import { type Attention, NO_ATTENTION } from './attention'
import { isPassing, type Problem } from './problem'
import type { Answers } from './rating'
import type { DraftBody, ServerDraft } from './ratingTypes'
import { makeSignal } from './signal'
import { isRecord } from './storage'
import { DIMENSIONS } from './types'
import { type Coverage, rounded } from './watch'

/** `clientKey` is made once for a slot: with it the server knows a second try for the first. */
export type Draft = {
  clientKey: string
  step: number
  answers: Answers
  changes: number
  coverage: Coverage
  secondsVisible: number
  attention: Attention
}

export const emptyDraft = (clientKey: string): Draft => ({
  clientKey,
  step: 0,
  answers: {},
  changes: 0,
  coverage: [],
  secondsVisible: 0,
  attention: NO_ATTENTION,
})

/** Of what the server has and what lies here, whatever went further; at a tie, what lies here. */
export function newest(server: ServerDraft | null, local: Draft | null): Draft | null {
  if (server === null) return local
  if (local !== null && local.step >= server.step) return local
  return fromServer(server, local)
}

/** The server knows nothing of attention; what is known of it here stays. */
export const fromServer = (draft: ServerDraft, local: Draft | null): Draft => ({
  clientKey: draft.client_key,
  step: draft.step,
  answers: draft.answers,
  changes: draft.changes,
  coverage: draft.watched,
  secondsVisible: draft.seconds_visible,
  attention: local?.attention ?? NO_ATTENTION,
})

export const toServer = (draft: Draft, duration: number): DraftBody => ({
  step: draft.step,
  client_key: draft.clientKey,
  answers: draft.answers,
  changes: draft.changes,
  watched: rounded(draft.coverage, duration),
  seconds_visible: Math.round(draft.secondsVisible * 10) / 10,
})

/** One that was kept, perhaps by an older page, whose drafts had no steps. */
export function readDraft(value: unknown): Draft | null {
  if (!isRecord(value)) return null
  const { clientKey, answers, changes, coverage, secondsVisible, step = 1, attention } = value
  const fits =
    typeof clientKey === 'string' &&
    typeof step === 'number' &&
    isRecord(answers) &&
    DIMENSIONS.every(name => answers[name] === undefined || isLevel(answers[name])) &&
    typeof changes === 'number' &&
    typeof secondsVisible === 'number' &&
    Array.isArray(coverage) &&
    coverage.every(isSpan)
  if (!fits) return null
  return { ...(value as Draft), step, attention: readAttention(attention) }
}

const isLevel = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5

const isSpan = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every(place => Number.isFinite(place))

const readAttention = (value: unknown): Attention =>
  isRecord(value) && isRecord(value.rates) ? { ...NO_ATTENTION, ...value } : NO_ATTENTION

export type DraftStore = {
  draft: (slot: number) => Promise<Draft | null>
  /** Keeps it, unless one that went further is there: then that one is returned. */
  putDraft: (slot: number, draft: Draft) => Promise<Draft | null>
  dropDraft: (slot: number) => Promise<void>
}

const UNAUTHORIZED = 401

type Ports = {
  keep: (draft: Draft) => Promise<Draft | null>
  send: (draft: Draft) => Promise<unknown>
  problemOf: (error: unknown) => Problem
  /** Waits until the typing has paused. */
  pause: () => Promise<void>
}

/**
 * Writes the draft of one item: here at once, on the server a moment later and quietly.
 *
 * What the server did not get goes with the next change, or with `retry`.
 */
export class DraftWriter {
  /** A draft that went further, by another tab or another machine. */
  readonly overtaken = makeSignal<Draft>()
  readonly #ports: Ports
  #last: Draft
  #unsent = false
  #sending = false
  #stopped = false

  constructor(last: Draft, ports: Ports) {
    this.#last = last
    this.#ports = ports
  }

  /** Keep what changed. Watching alone is kept here only: its step is that of the last answer. */
  async keep(draft: Draft): Promise<void> {
    if (this.#stopped) return
    this.#unsent ||= draft.step > this.#last.step
    this.#last = draft
    void this.retry()
    const newer = await this.#ports.keep(draft)
    if (newer) this.#overtake(newer)
  }

  async retry(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    let goesOn = true
    while (goesOn && this.#unsent && !this.#stopped) {
      await this.#ports.pause()
      goesOn = !this.#stopped && (await this.#send())
    }
    this.#sending = false
  }

  /** It is answered: nothing of it needs to be kept any more. */
  stop(): void {
    this.#stopped = true
  }

  /** Says whether there is sense in sending what has come meanwhile. */
  async #send(): Promise<boolean> {
    this.#unsent = false
    try {
      await this.#ports.send(this.#last)
      return true
    } catch (error) {
      const problem = this.#ports.problemOf(error)
      if (problem.type === 'newer-draft' && isRecord(problem.draft)) {
        this.#overtake(fromServer(problem.draft as ServerDraft, this.#last))
        return true
      }
      this.#unsent = isPassing(problem) || problem.status === UNAUTHORIZED
      return false
    }
  }

  #overtake(newer: Draft): void {
    if (this.#stopped || newer.step <= this.#last.step) return
    this.#last = newer
    this.#unsent = false
    this.overtaken.emit(newer)
  }
}
