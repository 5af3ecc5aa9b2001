/** The last thing done, for as long as it is offered to be taken back. */

import type { Claim } from './ratingTypes'

export type Done = { kind: 'submitted' | 'skipped'; claim: Claim }
/** `left`: milliseconds until the offer goes. It waits while somebody is at it. */
export type Offer = {
  readonly done: Done
  readonly left: number
  readonly held: boolean
  readonly taking: boolean
}
export type UndoAction =
  | { type: 'offer'; done: Done }
  | { type: 'hold'; held: boolean }
  | { type: 'pass'; ms: number }
  | { type: 'take' }
  | { type: 'over' }

export const OFFERED_FOR = 8000

export function undo(offer: Offer | null, action: UndoAction): Offer | null {
  if (action.type === 'offer')
    return { done: action.done, left: OFFERED_FOR, held: false, taking: false }
  if (offer === null || action.type === 'over') return null
  switch (action.type) {
    case 'hold':
      return { ...offer, held: action.held }
    case 'take':
      return { ...offer, taking: true }
    case 'pass':
      return pass(offer, action.ms)
  }
}

function pass(offer: Offer, ms: number): Offer | null {
  if (offer.held || offer.taking) return offer
  return offer.left > ms ? { ...offer, left: offer.left - ms } : null
}
