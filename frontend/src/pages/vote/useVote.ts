/** One vote while it is made: the choice, what was watched, and its way to the server. */

import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { BLANK, type By, mark } from '../../core/ballot'
import type { Draft } from '../../core/draft'
import { evidenceOf } from '../../core/evidence'
import type { Entry } from '../../core/outbox'
import { ratingApi } from '../../core/ratingApi'
import type { Choice, Pair, Skip } from '../../core/ratingTypes'
import { missing } from '../../core/watch'
import { HEARTBEAT, useHeartbeat } from '../rate/useHeartbeat'
import { usePlayer } from '../rate/usePlayer'
import type { usePreferences } from '../rate/usePreferences'
import { useSecondsVisible } from '../rate/useSecondsVisible'
import { useWatch } from '../rate/useWatch'

const ABOUT = 120
/**
 * How long a choice can be taken back before it is sent by itself, in milliseconds. Fingers that know
 * the keys are fast; who points has to read where, and may have missed.
 */
const PAUSE = { key: 250, pointer: 1500 }
/** How often it is kept how far the clip was watched, in milliseconds. */
const WATCHED_EVERY = 1000

type Options = {
  pair: Pair
  draft: Draft
  preferences: ReturnType<typeof usePreferences>
  onDone: () => void
  onRenewed: () => void
}

export type Voting = ReturnType<typeof useVote>

export function useVote({ pair, draft, preferences, onDone, onRenewed }: Options) {
  const { slug } = usePlace()
  const { outbox, database } = useSignedIn()
  const { slot, video, protocol } = pair
  const [ballot, dispatch] = useReducer(mark, { ...BLANK, changes: draft.changes })
  const [sent, setSent] = useState(false)
  const seekHeard = useRef(() => {})
  const player = usePlayer({
    duration: video.seconds,
    preferences: preferences[0],
    prefer: preferences[1],
    onSeek: () => seekHeard.current(),
  })
  const watched = useWatch(player.video, video.seconds, draft.coverage, draft.attention)
  const visible = useSecondsVisible(draft.secondsVisible)
  useEffect(() => {
    seekHeard.current = watched.onSeek
  }, [watched.onSeek])
  useHeartbeat({
    wanted: !sent,
    every: Math.min(HEARTBEAT, pair.lease_seconds / 4),
    beat: async () => {
      await ratingApi.heartbeat(slug, slot)
      onRenewed()
    },
  })

  const unseenNow = () => missing(watched.latest(), video.seconds, protocol.watch_share)
  const seen = () => ({
    coverage: watched.latest(),
    secondsVisible: visible.current,
    changes: ballot.changes,
    attention: watched.attention(),
  })

  // A page that is loaded anew need not be watched anew.
  const keptAt = useRef(0)
  const keep = useEffectEvent(async () => {
    if (sent || performance.now() - keptAt.current < WATCHED_EVERY) return
    keptAt.current = performance.now()
    await (await database).putDraft(slot, { ...draft, ...seen() })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is watched is kept as it grows
  useEffect(() => void keep(), [watched.coverage])

  const put = async (entry: Entry) => {
    setSent(true)
    const { outcome } = await outbox.add(entry)
    void outcome.then(async ({ kind }) => kind === 'saved' && (await database).dropDraft(slot))
    onDone()
  }
  const about = pair.caption.text.slice(0, ABOUT)
  const submit = () => {
    const { choice } = ballot
    if (!choice || sent || unseenNow() > 0) return
    const evidence = evidenceOf(seen(), preferences[0].rate, video.seconds)
    const key = draft.clientKey
    void put({ kind: 'vote', key, slug, slot, about, body: { client_key: key, choice, evidence } })
  }
  const skip = async (reason: Skip['reason']) => {
    if (sent) return
    const key = crypto.randomUUID()
    await put({ kind: 'skip', key, slug, slot, about, body: { reason } })
  }

  const sendItself = useEffectEvent(submit)
  useEffect(() => {
    if (!ballot.pending) return
    const timer = setTimeout(() => sendItself(), PAUSE[ballot.pending])
    return () => clearTimeout(timer)
  }, [ballot])

  return {
    player,
    watched,
    ballot,
    choose: (choice: Choice, by: By) => {
      const sendsItself = protocol.auto_advance && unseenNow() === 0
      if (!sent) dispatch({ type: 'choose', choice, by, sendsItself })
    },
    back: () => !sent && dispatch({ type: 'back' }),
    /** Something else came up. */
    wait: () => dispatch({ type: 'wait' }),
    sent,
    unseen: missing(watched.coverage, video.seconds, protocol.watch_share),
    submit,
    skip,
  }
}
