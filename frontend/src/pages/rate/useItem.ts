/** One item while it is rated: its answers, what was watched, its draft, and its way to the server. */

import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { useOutboxStatus } from '../../app/useOutbox'
import { api } from '../../core/api'
import { dropDraft, emptyDraft, loadDraft, saveDraft } from '../../core/draft'
import type { Delivery, Entry } from '../../core/outbox'
import { type Action, begin, complete, rate } from '../../core/rating'
import type { Claim, Dimension, Level, SkipReason } from '../../core/types'
import { missing, rounded } from '../../core/watch'
import { type Player, usePlayer } from './usePlayer'
import type { usePreferences } from './usePreferences'
import { useWatch } from './useWatch'

const AUTO_ADVANCE = 250
const HEARTBEAT = 60_000

type Options = {
  claim: Claim
  order: readonly Dimension[]
  preferences: ReturnType<typeof usePreferences>
  onDelivered: (delivery: Delivery) => void
  onSkipped: () => void
}

export type Item = ReturnType<typeof useItem>

export function useItem({ claim, order, preferences, onDelivered, onSkipped }: Options) {
  const { slug } = usePlace()
  const { user, outbox } = useSignedIn()
  const { slot, video, protocol } = claim
  const [draft] = useState(
    () => loadDraft(localStorage, user.id, slot) ?? emptyDraft(crypto.randomUUID()),
  )
  const [rating, dispatch] = useReducer(rate, draft, kept => begin(order, kept))
  const seekHeard = useRef(() => {})
  const player = usePlayer({
    duration: video.seconds,
    preferences: preferences[0],
    prefer: preferences[1],
    onSeek: () => seekHeard.current(),
  })
  const watched = useWatch(player.video, video.seconds, draft.coverage)
  const visible = useSecondsVisible(draft.secondsVisible)
  const status = useOutboxStatus(outbox)
  const [sent, setSent] = useState(false)
  useEffect(() => {
    seekHeard.current = watched.onSeek
  }, [watched.onSeek])

  useMovingOn(rating.pending, rating.answers, dispatch)
  useHeartbeat(slug, slot, !sent)
  const keep = useEffectEvent(() => {
    if (sent) return
    const coverage = watched.latest()
    const { answers, changes } = rating
    saveDraft(localStorage, user.id, slot, {
      clientKey: draft.clientKey,
      answers,
      changes,
      coverage,
      secondsVisible: visible.current,
    })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer and each look is kept
  useEffect(() => keep(), [rating.answers, watched.coverage])

  const unseen = missing(watched.coverage, video.seconds, protocol.watch_share)
  const levels = complete(rating.answers)

  const submit = async () => {
    if (!levels || sent || missing(watched.latest(), video.seconds, protocol.watch_share) > 0)
      return
    setSent(true)
    const evidence = {
      watched: rounded(watched.latest(), video.seconds),
      seconds_visible: Math.round(visible.current * 10) / 10,
      rate: preferences[0].rate,
      changes: rating.changes,
    }
    const entry: Entry = {
      slug,
      slot,
      submission: { client_key: draft.clientKey, levels, evidence },
    }
    const delivery = await outbox.add(entry)
    if (delivery.kind === 'saved') dropDraft(localStorage, user.id, slot)
    else setSent(false)
    onDelivered(delivery)
  }

  const skip = async (reason: SkipReason) => {
    await api.skip(slug, slot, reason)
    dropDraft(localStorage, user.id, slot)
    onSkipped()
  }

  return {
    rating,
    dispatch,
    answer: (level: Level, { pointer = false, moveOn = true, to }: AnswerHow = {}) =>
      dispatch({
        type: 'answer',
        level,
        moveOn: moveOn && protocol.auto_advance,
        ...(pointer && to ? { to } : {}),
      }),
    player,
    watched,
    unseen,
    levels,
    submit,
    skip,
    saving: sent ? status : null,
  }
}

type AnswerHow = { pointer?: boolean; moveOn?: boolean; to?: Dimension }

function useMovingOn(pending: boolean, answers: unknown, dispatch: (action: Action) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer begins the pause anew
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => dispatch({ type: 'moveOn' }), AUTO_ADVANCE)
    return () => clearTimeout(timer)
  }, [pending, answers])
}

/** Tells the server that somebody still sits here. A lost one does no harm: late answers count too. */
function useHeartbeat(slug: string, slot: number, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') api.heartbeat(slug, slot).catch(() => null)
    }, HEARTBEAT)
    return () => clearInterval(timer)
  }, [slug, slot, wanted])
}

function useSecondsVisible(before: number) {
  const seconds = useRef(before)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') seconds.current += 1
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}

export type { Player }
