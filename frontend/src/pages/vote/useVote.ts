/** One vote while it is made: the choice, what was watched, and its way to the server. */

import { useEffect, useRef, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
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
  const { outbox } = useSignedIn()
  const { slot, video, protocol } = pair
  const [choice, setChoice] = useState<Choice | null>(null)
  const [changes, setChanges] = useState(0)
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

  const put = async (entry: Entry) => {
    setSent(true)
    await outbox.add(entry)
    onDone()
  }
  const about = pair.caption.text.slice(0, ABOUT)
  const submit = () => {
    const unseen = missing(watched.latest(), video.seconds, protocol.watch_share)
    if (!choice || sent || unseen > 0) return
    const seen = {
      coverage: watched.latest(),
      secondsVisible: visible.current,
      changes,
      attention: watched.attention(),
    }
    const evidence = evidenceOf(seen, preferences[0].rate, video.seconds)
    const key = draft.clientKey
    const body = { client_key: key, choice, evidence }
    void put({ kind: 'vote', key, slug, slot, about, body })
  }
  const skip = async (reason: Skip['reason']) => {
    if (sent) return
    const key = crypto.randomUUID()
    await put({ kind: 'skip', key, slug, slot, about, body: { reason } })
  }
  const choose = (one: Choice | null) => {
    if (choice !== null && choice !== one) setChanges(changes + 1)
    setChoice(one)
  }

  return {
    player,
    watched,
    choice,
    choose,
    sent,
    unseen: missing(watched.coverage, video.seconds, protocol.watch_share),
    submit,
    skip,
  }
}
