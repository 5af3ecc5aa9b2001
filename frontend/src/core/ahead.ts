/**
 * Which item is on the screen, and which comes next: claimed, and its video loaded, meanwhile.
 *
 * The next is claimed as soon as one is on the screen, so going on needs no network. Claims are made
 * one at a time: two at once could both be given the same item.
 */

import type { Draft } from './draft'
import type { Problem } from './problem'
import type { Claim } from './ratingTypes'
import { makeSignal } from './signal'

/** `at` is when it was lent, in seconds of a clock that only goes forward. */
export type Ready = { claim: Claim; draft: Draft; at: number }
export type Screen =
  | { kind: 'loading' }
  | { kind: 'item'; here: Ready; next: Ready | null }
  | { kind: 'nothing'; problem: Problem }
  | { kind: 'failed'; problem: Problem }

export type Ports = {
  /** Lends what is not in `beside`, and finds its draft. */
  claim: (beside: readonly number[]) => Promise<Ready>
  /** The slots that are answered and may not have been sent. */
  answered: () => readonly number[]
  /** Resolves when nothing is on its way any more. */
  sent: () => Promise<void>
  problemOf: (error: unknown) => Problem
  now: () => number
  /** Off, each item is asked for when its turn comes; to measure what being ahead is worth. */
  ahead: boolean
}

export class Ahead {
  readonly changed = makeSignal<Screen>()
  readonly #ports: Ports
  #screen: Screen = { kind: 'loading' }
  #looking: Promise<void> | null = null
  #filling: Promise<void> | null = null
  /** There was nothing beside what we have; until something is answered, asking again is idle. */
  #ended = false

  constructor(ports: Ports) {
    this.#ports = ports
  }

  get screen(): Screen {
    return this.#screen
  }

  /** Bring an item on the screen while there is none. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  /** Have the next at hand, unless it is already. To be called again when the network is back. */
  fill(): void {
    const screen = this.#screen
    if (screen.kind === 'failed') return void this.look()
    if (screen.kind !== 'item' || screen.next || this.#filling || this.#ended) return
    if (!this.#ports.ahead) return
    this.#filling = this.#claim().then(
      ready => {
        this.#filling = null
        this.#ended = !this.#place(ready)
        this.fill()
      },
      error => {
        this.#filling = null
        this.#ended = isNothing(this.#ports.problemOf(error))
      },
    )
  }

  /** This item is over, here or in another tab: on to the next. */
  done(slot: number): void {
    const screen = this.#screen
    if (screen.kind !== 'item') return
    this.#ended = false
    if (screen.here.claim.slot === slot) this.#goOn(screen.next)
    else if (screen.next?.claim.slot === slot) this.#show({ ...screen, next: null })
    this.fill()
  }

  /** Put this one on the screen now; what was there comes after it. */
  open(ready: Ready): void {
    const screen = this.#screen
    const before = screen.kind === 'item' ? screen.here : null
    const next = before?.claim.slot === ready.claim.slot ? null : before
    this.#show({ kind: 'item', here: ready, next })
    this.fill()
  }

  /** The leases were renewed. Like `remember`, it changes nothing that is seen. */
  renewed(): void {
    const { next } = this.#item() ?? {}
    if (next) next.at = this.#ports.now()
  }

  /** The answers so far: should the item leave the screen and come back, it goes on from these. */
  remember(slot: number, draft: Draft): void {
    const { here } = this.#item() ?? {}
    if (here?.claim.slot === slot) here.draft = draft
  }

  async #look(): Promise<void> {
    if (this.#item()) return
    this.#show({ kind: 'loading' })
    await this.#filling
    if (this.#item()) return
    try {
      this.#place(await this.#claim().catch(error => this.#lastResort(error)))
      this.fill()
    } catch (error) {
      const problem = this.#ports.problemOf(error)
      this.#show({ kind: isNothing(problem) ? 'nothing' : 'failed', problem })
    }
  }

  /** What is on its way may be why there is nothing; the answer counts when all has arrived. */
  async #lastResort(error: unknown): Promise<Ready> {
    const waiting = this.#ports.answered().length > 0
    if (!waiting || !isNothing(this.#ports.problemOf(error))) throw error
    await this.#ports.sent()
    return this.#claim()
  }

  #claim(): Promise<Ready> {
    const screen = this.#screen
    const shown = screen.kind === 'item' ? [screen.here, screen.next] : []
    const beside = shown.flatMap(ready => (ready ? [ready.claim.slot] : []))
    return this.#ports.claim([...new Set([...beside, ...this.#ports.answered()])])
  }

  /** Says whether there was use for it. */
  #place(ready: Ready): boolean {
    const screen = this.#screen
    if (screen.kind !== 'item') this.#show({ kind: 'item', here: ready, next: null })
    else if (screen.next || screen.here.claim.slot === ready.claim.slot) return false
    else this.#show({ ...screen, next: ready })
    return true
  }

  #goOn(next: Ready | null): void {
    if (next !== null && this.#ports.now() - next.at < next.claim.lease_seconds) {
      this.#show({ kind: 'item', here: next, next: null })
    } else {
      this.#show({ kind: 'loading' })
      void this.look()
    }
  }

  #item = () => (this.#screen.kind === 'item' ? this.#screen : null)

  #show(screen: Screen): void {
    this.#screen = screen
    this.changed.emit(screen)
  }
}

const isNothing = ({ type }: Problem): boolean => type === 'nothing-to-rate'
