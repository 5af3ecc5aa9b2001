/** A thing that happens, and those who want to hear of it. */

export type Signal<T = void> = {
  emit: (value: T) => void
  listen: (listener: (value: T) => void) => () => void
}

export function makeSignal<T = void>(): Signal<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    emit: value => {
      for (const listener of [...listeners]) listener(value)
    },
    listen: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
