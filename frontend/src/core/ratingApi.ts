/** What the rating screen asks of the server: an item, and a place for the answers. */

import type { Receipt } from './answersTypes'
import { ask } from './client'
import type { Amendment, Answer, Claim, DraftBody, Skip, Task, Vote } from './ratingTypes'

const slots = (slug: string) => `projects/${encodeURIComponent(slug)}/slots`
const of = (slug: string, slot: number, rest: string) => `${slots(slug)}/${slot}/${rest}`

/** As many as the server takes in. Whoever holds more than these gets one of them again. */
const BESIDE = 100

export const ratingApi = {
  /** What is held and not in `beside`, or else the next. */
  claim: (slug: string, beside: readonly number[] = [], task: Task = 'rate') =>
    ask<Claim>('POST', slots(slug), { task, beside: beside.slice(0, BESIDE) }),
  slot: (slug: string, slot: number) => ask<Claim>('GET', `${slots(slug)}/${slot}`),
  draft: (slug: string, slot: number, body: DraftBody) =>
    ask<{ step: number; saved_at: string }>('PUT', of(slug, slot, 'draft'), body),
  heartbeat: (slug: string, slot: number) =>
    ask<{ lease_until: string }>('POST', of(slug, slot, 'heartbeat')),

  submit: (slug: string, slot: number, body: Answer) =>
    ask<Receipt>('POST', of(slug, slot, 'submission'), body),
  revise: (slug: string, slot: number, body: Amendment) =>
    ask<Receipt>('POST', of(slug, slot, 'revision'), body),
  vote: (slug: string, slot: number, body: Vote) => ask('POST', of(slug, slot, 'vote'), body),
  skip: (slug: string, slot: number, body: Skip) => ask('POST', of(slug, slot, 'skip'), body),
}
