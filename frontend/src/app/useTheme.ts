/** Light or dark: at once here, and in the profile for this person's other browsers. */

import { useSyncExternalStore } from 'react'
import { peopleApi } from '../core/peopleApi'
import { makeSignal } from '../core/signal'
import { applyTheme, loadTheme, type Theme } from '../core/theme'

const changed = makeSignal()
let chosen: Theme | null = null

/** Read once: where nothing can be kept, what was chosen still holds for this visit. */
const theme = (): Theme => {
  chosen ??= loadTheme(localStorage)
  return chosen
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(changed.listen, theme), change]
}

function change(theme: Theme): void {
  chosen = theme
  applyTheme(theme, document.documentElement, localStorage)
  changed.emit()
  // Where it cannot be kept, this browser remembers it all the same.
  peopleApi.changeProfile({ preferences: { theme } }).catch(() => undefined)
}
