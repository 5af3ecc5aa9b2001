/** The keys of a vote: the answers' own, and the player's as everywhere. */

import { bind } from '../../core/keymap'
import type { Choice } from '../../core/ratingTypes'
import { useShortcuts } from '../../ui/useShortcuts'
import { useKeys } from '../rate/useKeys'
import type { usePreferences } from '../rate/usePreferences'
import type { Voting } from './useVote'

const ANSWERS: Record<Choice, string> = { first: 'A', second: 'B', tie: 'T', 'both-bad': 'N' }

type Options = {
  voting: Voting
  preferences: ReturnType<typeof usePreferences>
  onSkip: () => void
}

/** The key of each answer as it is shown; null while keys are switched off. */
export function useVoteKeys({ voting, preferences, onSkip }: Options) {
  const { choice: keys } = useKeys()
  const [liked, prefer] = preferences
  const { player, choose, submit } = voting
  const { shortcuts, repeating } = bind(keys, {
    next: submit,
    back: () => choose(null),
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
  const answers = Object.entries(ANSWERS).map(([one, key]) => [
    key.toLowerCase(),
    () => choose(one as Choice),
  ])
  // A key that somebody gave to the player stays the player's.
  useShortcuts(keys.on ? { ...Object.fromEntries(answers), ...shortcuts } : {}, repeating)
  return keys.on ? ANSWERS : null
}
