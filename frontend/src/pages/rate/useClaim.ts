/** The item that is ours to rate, and the one after it. A reload gets the same, until it is done. */

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useSignedIn } from '../../app/session'
import { Ahead, type Ready } from '../../core/ahead'
import type { Database } from '../../core/database'
import { emptyDraft, newest } from '../../core/draft'
import { problemOf } from '../../core/problem'
import { ratingApi } from '../../core/ratingApi'
import type { Claim, Task } from '../../core/ratingTypes'

/** `?ahead=off` asks for each item when its turn comes: to see what being ahead is worth. */
const isAhead = () => new URLSearchParams(window.location.search).get('ahead') !== 'off'

export function useClaim(slug: string, task: Task = 'rate') {
  const { outbox, database } = useSignedIn()
  const [ahead] = useState(
    () =>
      new Ahead({
        claim: async beside => readyOf(await ratingApi.claim(slug, beside, task), await database),
        answered: () => outbox.slotsOf(slug),
        sent: () => outbox.deliver(),
        problemOf,
        now: seconds,
        ahead: isAhead(),
      }),
  )
  const screen = useSyncExternalStore(ahead.changed.listen, () => ahead.screen)

  useEffect(() => {
    outbox.ready.then(() => ahead.look())
    const refill = () => ahead.fill()
    const delivered = outbox.changed.listen(({ state }) => state === 'empty' && refill())
    window.addEventListener('online', refill)
    return () => {
      delivered()
      window.removeEventListener('online', refill)
    }
  }, [ahead, outbox])
  return { ahead, screen }
}

/** The item with whatever was answered so far, here or on another machine. */
export async function readyOf(claim: Claim, database: Database): Promise<Ready> {
  const local = await database.draft(claim.slot)
  const draft = newest(claim.draft ?? null, local) ?? emptyDraft(crypto.randomUUID())
  return { claim, draft, at: seconds() }
}

/** A clock that nobody can set. */
const seconds = () => performance.now() / 1000
