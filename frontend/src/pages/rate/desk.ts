/** What stays on the rating screen while captions come and go. */

import { createContext, useContext } from 'react'
import type { Keymap } from '../../core/keymap'
import type { Claim } from '../../core/ratingTypes'
import type { Sitting } from '../../core/sitting'
import type { Dimension } from '../../core/types'
import type { Done } from '../../core/undo'
import type { usePreferences } from './usePreferences'

export type DrawerName = 'help' | 'history'

export type Desk = {
  preferences: ReturnType<typeof usePreferences>
  /** The keys as they are now; none while they are switched off. */
  keymap: Keymap | null
  drawer: DrawerName | null
  turn: (drawer: DrawerName) => void
  sitting: Sitting
  breakDue: (afterMinutes: number) => boolean
  notNow: () => void
  /** The question on screen, for the help to open at. */
  asks: (dimension: Dimension | null) => void
  /** Said to readers of the screen, and shown for a moment. */
  say: (message: string) => void
  /** Something was done with a caption, and may be taken back for a while. */
  did: (kind: Done['kind'], claim: Claim) => void
  /** How many ratings an admin has sent back. */
  returned: number
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const found = useContext(DeskContext)
  if (!found) throw new Error('useDesk outside of the rating screen')
  return found
}
