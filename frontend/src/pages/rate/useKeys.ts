/** The person's keys: kept in this browser at once, and in their profile for their other ones. */

import { useCallback, useSyncExternalStore } from 'react'
import { useSignedIn } from '../../app/session'
import { ask } from '../../core/client'
import { type KeyChoice, loadKeys, newer, saveKeys } from '../../core/keymap'
import { makeSignal } from '../../core/signal'
import { isRecord } from '../../core/storage'

/** One for the whole page, so that the settings and the screen behind them agree. */
const chosen = new Map<number, KeyChoice>()
const changed = makeSignal()
let sending: Promise<unknown> = Promise.resolve()

export type Keys = { choice: KeyChoice; choose: (change: Partial<KeyChoice>) => void }

export function useKeys(): Keys {
  const { user } = useSignedIn()
  const choice = useSyncExternalStore(changed.listen, () => choiceOf(user))
  const choose = useCallback(
    (change: Partial<KeyChoice>) => {
      const after = { ...choiceOf(user), ...change, at: Date.now() }
      chosen.set(user.id, after)
      saveKeys(localStorage, user.id, after)
      changed.emit()
      sending = sending.then(() => send(after)).catch(() => undefined)
    },
    [user],
  )
  return { choice, choose }
}

type User = { id: number; preferences?: unknown }

function choiceOf(user: User): KeyChoice {
  const known = chosen.get(user.id)
  if (known) return known
  const there = isRecord(user.preferences) ? user.preferences.keys : null
  const loaded = newer(loadKeys(localStorage, user.id), there)
  chosen.set(user.id, loaded)
  return loaded
}

/** The profile keeps its other preferences. Failing does no harm: this browser remembers. */
const send = (keys: KeyChoice) => ask('PATCH', 'profile', { preferences: { keys } })
