/** What rating sends and hears, in the words of the API. */

import type { Held } from './answersTypes'
import type { Claim as Lent, Levels, SkipReason, Submission } from './types'

export type DraftBody = {
  step: number
  client_key: string
  answers: Partial<Levels>
  changes: number
  watched: [number, number][]
  seconds_visible: number
}
export type ServerDraft = DraftBody & { saved_at: string }

/** A caption that is ours to rate. Checks among them are told as `rate`: nothing gives them away. */
export type Claim = Omit<Held, 'draft'> & {
  lease_seconds: number
  protocol: Lent['protocol'] & {
    lease_seconds: number
    random_order: boolean
    break_minutes: number
  }
  draft: ServerDraft | null
}

/** What one sits down to do. */
export type Task = 'rate' | 'vote'
/** Two captions of one video, in the order in which they are shown; not even we know whose. */
export type Pair = Claim & { rival: Claim['caption'] }

/** What is told of how an answer came to be. `skew`: our clock minus the server's, in seconds. */
export type Evidence = Submission['evidence'] & {
  stalls: number
  seconds_stalled: number
  focus_losses: number
  seconds_hidden: number
  rates: [rate: number, seconds: number][]
  language: string
  skew: number
}

/** What an annotator gives, each under a key made once, so that sending it twice does no harm. */
export type Answer = { client_key: string; levels: Levels; evidence: Evidence }
export const CHOICES = ['first', 'second', 'tie', 'both-bad'] as const
export type Choice = (typeof CHOICES)[number]
export type Vote = {
  client_key: string
  choice: Choice
  evidence: Evidence
}
export type Skip = { reason: SkipReason | 'upsetting' }
export type Amendment = { client_key: string; levels: Levels }
