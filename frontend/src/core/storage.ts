/** What the browser keeps for us. It may be full, switched off, or hold another version's words. */

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export function readJson<T>(
  store: Store,
  key: string,
  fits: (value: unknown) => value is T,
): T | null {
  try {
    const value: unknown = JSON.parse(store.getItem(key) ?? 'null')
    return fits(value) ? value : null
  } catch {
    return null
  }
}

/** Says whether it was kept. */
export function writeJson(store: Store, key: string, value: unknown): boolean {
  try {
    store.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function forget(store: Store, key: string): void {
  try {
    store.removeItem(key)
  } catch {
    // Switched off: then there is nothing to forget.
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
