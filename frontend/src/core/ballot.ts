/** A vote while it is made: what is chosen, and whether it is about to be sent by itself. */

import type { Choice } from './ratingTypes'

/** How a choice was made. Arrow keys only pass over the answers. */
export type By = 'key' | 'pointer' | 'arrow'
/** `pending`: chosen so, and sent after a pause in which it can be taken back. */
export type Ballot = {
  readonly choice: Choice | null
  readonly changes: number
  readonly pending: 'key' | 'pointer' | null
}
export type Action =
  | { type: 'choose'; choice: Choice; by: By; sendsItself: boolean }
  /** Nothing is chosen any more. */
  | { type: 'back' }
  /** The choice stands, and waits to be sent by hand. */
  | { type: 'wait' }

export const BLANK: Ballot = { choice: null, changes: 0, pending: null }

export function mark(ballot: Ballot, action: Action): Ballot {
  switch (action.type) {
    case 'choose':
      return choose(ballot, action)
    case 'back':
      return changed(ballot, null, null)
    case 'wait':
      return { ...ballot, pending: null }
  }
}

/** A second press of what is about to be sent takes it back: a finger has no other key for that. */
function choose(
  ballot: Ballot,
  { choice, by, sendsItself }: Extract<Action, { type: 'choose' }>,
): Ballot {
  const again = ballot.choice === choice && ballot.pending === 'pointer' && by === 'pointer'
  if (again) return changed(ballot, null, null)
  return changed(ballot, choice, by === 'arrow' || !sendsItself ? null : by)
}

function changed(ballot: Ballot, choice: Choice | null, pending: Ballot['pending']): Ballot {
  const other = ballot.choice !== null && ballot.choice !== choice
  return { choice, changes: ballot.changes + (other ? 1 : 0), pending }
}
