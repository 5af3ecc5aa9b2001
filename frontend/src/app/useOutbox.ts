/** What the person who is signed in has kept in this browser, and its way out, on every page. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { api } from '../core/api'
import { signedOut } from '../core/client'
import { type Database, openDatabase } from '../core/database'
import { type Channel, type Entry, type Message, Outbox, type Status } from '../core/outbox'
import { makePause } from '../core/pause'
import { problemOf } from '../core/problem'
import { ratingApi } from '../core/ratingApi'

export type Keeping = {
  outbox: Outbox
  database: Promise<Database>
  /** Cuts the pause before the next try short. */
  sendNow: () => void
}

export function useOutbox(user: number): Keeping {
  const queries = useQueryClient()
  const made = useMemo(() => keeping(user), [user])

  useEffect(() => {
    const deliver = () => {
      made.sendNow()
      made.outbox.deliver().then(() => queries.invalidateQueries({ queryKey: ['progress'] }))
    }
    // What another tab has left behind is found when this one is looked at again.
    const seen = () => document.visibilityState === 'visible' && deliver()
    deliver()
    window.addEventListener('online', deliver)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.removeEventListener('online', deliver)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [made, queries])
  return made
}

export function useOutboxStatus(outbox: Outbox): Status {
  return useSyncExternalStore(outbox.changed.listen, () => outbox.status)
}

function keeping(user: number): Keeping {
  const pause = makePause()
  const database = openDatabase(user, localStorage, Date.now)
  const outbox = new Outbox({
    store: database,
    channel: channelOf(user),
    send,
    isStillUs: () => isStill(user),
    problemOf,
    pause: pause.wait,
  })
  return { outbox, database, sendNow: pause.wake }
}

function send(entry: Entry): Promise<unknown> {
  const { slug, slot } = entry
  switch (entry.kind) {
    case 'submission':
      return ratingApi.submit(slug, slot, entry.body)
    case 'revision':
      return ratingApi.revise(slug, slot, entry.body)
    case 'vote':
      return ratingApi.vote(slug, slot, entry.body)
    case 'skip':
      return ratingApi.skip(slug, slot, entry.body)
  }
}

/** Somebody else may have signed in beside us; what is ours has to wait for us then. */
async function isStill(user: number): Promise<boolean> {
  const session = await api.session().catch(() => null)
  const still = session === null || session.user?.id === user
  if (!still) signedOut.emit()
  return still
}

function channelOf(user: number): Channel {
  const channel = new BroadcastChannel(`crest.${user}`)
  return {
    post: message => channel.postMessage(message),
    listen: listener => {
      channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data)
    },
  }
}
