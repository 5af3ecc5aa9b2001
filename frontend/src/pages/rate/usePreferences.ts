/** The person's preferences, kept at each change. */

import { useCallback, useState } from 'react'
import { loadPreferences, type Preferences, savePreferences } from '../../core/preferences'

export function usePreferences() {
  const [preferences, setPreferences] = useState(() => loadPreferences(localStorage))
  const prefer = useCallback((change: Partial<Preferences>) => {
    setPreferences(before => {
      const after = { ...before, ...change }
      savePreferences(localStorage, after)
      return after
    })
  }, [])
  return [preferences, prefer] as const
}
