/** Light, dark, or as the system likes it. `public/theme.js` applies it before the first paint. */

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
const KEY = 'crest.theme'

export function loadTheme(store: Pick<Storage, 'getItem'>): Theme {
  try {
    return THEMES.find(theme => theme === store.getItem(KEY)) ?? 'system'
  } catch {
    return 'system'
  }
}

/** Whether this browser was told once. */
export function isThemeKept(store: Pick<Storage, 'getItem'>): boolean {
  try {
    return store.getItem(KEY) !== null
  } catch {
    return false
  }
}

export function applyTheme(theme: Theme, root: HTMLElement, store: Storage): void {
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  try {
    store.setItem(KEY, theme)
  } catch {
    // Not remembered then; it still holds for this visit.
  }
}

export const nextTheme = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
