/** The outbox of whoever is signed in, at work on every page. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { api } from '../core/api'
import { Outbox, type Status } from '../core/outbox'
import { makePause } from '../core/pause'
import { problemOf } from '../core/problem'

export function useOutbox(user: number): { outbox: Outbox; sendNow: () => void } {
  const queries = useQueryClient()
  const made = useMemo(() => {
    const pause = makePause()
    const outbox = new Outbox({
      store: localStorage,
      key: `crest.outbox.${user}`,
      send: ({ slug, slot, submission }) => api.submit(slug, slot, submission),
      problemOf,
      pause: pause.wait,
    })
    return { outbox, sendNow: pause.wake }
  }, [user])

  useEffect(() => {
    made.outbox.deliver().then(() => queries.invalidateQueries({ queryKey: ['progress'] }))
    window.addEventListener('online', made.sendNow)
    return () => window.removeEventListener('online', made.sendNow)
  }, [made, queries])
  return made
}

export function useOutboxStatus(outbox: Outbox): Status {
  return useSyncExternalStore(outbox.changed.listen, () => outbox.status)
}
