/** The keys of a vote: the answers' own, and the player's as everywhere. */

import { bind, keymapOf } from '../../core/keymap'
import { keyName } from '../../core/keyNames'
import { CHOICES, type Choice } from '../../core/ratingTypes'
import { useShortcuts } from '../../ui/useShortcuts'
import { useKeys } from '../rate/useKeys'
import type { usePreferences } from '../rate/usePreferences'
import type { Voting } from './useVote'

const ANSWERS: Record<Choice, readonly string[]> = {
  first: ['a', '1'],
  second: ['b', '2'],
  tie: ['t'],
  'both-bad': ['n'],
}

type Options = {
  voting: Voting
  preferences: ReturnType<typeof usePreferences>
  onSkip: () => void
}
/** What is written on the keys; null where there is none. */
export type VoteKeys = Record<Choice | 'next' | 'back', string | null>
export const NO_KEYS: VoteKeys = {
  first: null,
  second: null,
  tie: null,
  'both-bad': null,
  next: null,
  back: null,
}

export function useVoteKeys({ voting, preferences, onSkip }: Options): VoteKeys {
  const { choice: keys } = useKeys()
  const [liked, prefer] = preferences
  const { player, choose, submit, back } = voting
  const { shortcuts, repeating } = bind(keys, {
    next: submit,
    back,
    skip: onSkip,
    play: player.toggle,
    seekBack: () => player.seekBy(-1),
    seekOn: () => player.seekBy(1),
    frameBack: () => player.frame(-1),
    frameOn: () => player.frame(1),
    slower: player.slower,
    faster: player.faster,
    loop: () => prefer({ loop: !liked.loop }),
    mute: () => prefer({ muted: !liked.muted }),
  })
  // A key that somebody gave to the player stays the player's.
  const free = (choice: Choice) => ANSWERS[choice].filter(key => keys.on && !(key in shortcuts))
  const answers = CHOICES.flatMap(choice =>
    free(choice).map(key => [key, () => choose(choice, 'key')]),
  )
  useShortcuts({ ...Object.fromEntries(answers), ...shortcuts }, repeating)

  const keymap = keymapOf(keys.changes)
  const named = (chord: string | null | undefined) => (keys.on && chord ? keyName(chord) : null)
  return {
    first: named(free('first')[0]),
    second: named(free('second')[0]),
    tie: named(free('tie')[0]),
    'both-bad': named(free('both-bad')[0]),
    next: named(keymap.next),
    back: named(keymap.back),
  }
}
