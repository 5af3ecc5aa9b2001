/** A store that behaves like the browser's, without a browser. */

import type { Store } from '../../src/core/storage'

export function memoryStore(): Store & { size: () => number } {
  const kept = new Map<string, string>()
  return {
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
    size: () => kept.size,
  }
}

export const fullStore: Store = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError')
  },
  removeItem: () => undefined,
}
