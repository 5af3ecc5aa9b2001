/** A vote while it is made: what is chosen, and whether it is about to be sent by itself. */

import type { Choice } from './ratingTypes'

/** `pending`: chosen, and sent after a pause in which it can be taken back. */
export type Ballot = {
  readonly choice: Choice | null
  readonly changes: number
  readonly pending: boolean
}
export type Action =
  | { type: 'choose'; choice: Choice; sendIt: boolean }
  /** Nothing is chosen any more. */
  | { type: 'back' }
  /** The choice stands, and waits to be sent by hand. */
  | { type: 'wait' }

export const BLANK: Ballot = { choice: null, changes: 0, pending: false }

export function mark(ballot: Ballot, action: Action): Ballot {
  switch (action.type) {
    case 'choose':
      return changed(ballot, action.choice, action.sendIt)
    case 'back':
      return changed(ballot, null, false)
    case 'wait':
      return ballot.pending ? { ...ballot, pending: false } : ballot
  }
}

function changed(ballot: Ballot, choice: Choice | null, pending: boolean): Ballot {
  const other = ballot.choice !== null && ballot.choice !== choice
  return { choice, changes: ballot.changes + (other ? 1 : 0), pending }
}
