/** One item while it is rated: its answers, what was watched, its draft, and its way to the server. */

import { type Dispatch, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { useOutboxStatus } from '../../app/useOutbox'
import type { Ready } from '../../core/ahead'
import type { Feedback } from '../../core/answersTypes'
import { askedInOrder } from '../../core/asking'
import { type Draft, DraftWriter, toServer } from '../../core/draft'
import { evidenceOf } from '../../core/evidence'
import type { Entry } from '../../core/outbox'
import { problemOf } from '../../core/problem'
import { type Action, begin, complete, type Rating, rate } from '../../core/rating'
import { ratingApi } from '../../core/ratingApi'
import type { Answer, Skip } from '../../core/ratingTypes'
import type { Dimension, Level } from '../../core/types'
import { missing } from '../../core/watch'
import { HEARTBEAT, useHeartbeat } from './useHeartbeat'
import { useMovingOn } from './useMovingOn'
import { usePlayer } from './usePlayer'
import type { usePreferences } from './usePreferences'
import { useSecondsVisible } from './useSecondsVisible'
import { useWatch, type Watched } from './useWatch'

/** Fast fingers answer several questions in this time; the server hears of them together. */
const DRAFT_PAUSE = 300
/** How often it is kept how far a clip was watched, in milliseconds. */
const WATCHED_EVERY = 1000
const ABOUT = 120

type Options = {
  ready: Ready
  dimensions: readonly Dimension[]
  preferences: ReturnType<typeof usePreferences>
  onDone: (how: 'submitted' | 'skipped') => void
  onRenewed: () => void
  onDraft: (draft: Draft) => void
  /** Another tab or machine went further with this item, and its answers are here now. */
  onOvertaken: () => void
}

export type Item = ReturnType<typeof useItem>

export function useItem({ ready, dimensions, preferences, ...tell }: Options) {
  const { slug } = usePlace()
  const { outbox, database } = useSignedIn()
  const { claim, draft } = ready
  const { slot, video, protocol } = claim
  const [rating, dispatch] = useReducer(rate, draft, kept =>
    begin(askedInOrder(dimensions, slot, protocol.random_order), kept),
  )
  const seekHeard = useRef(() => {})
  const player = usePlayer({
    duration: video.seconds,
    preferences: preferences[0],
    prefer: preferences[1],
    onSeek: () => seekHeard.current(),
  })
  const watched = useWatch(player.video, video.seconds, draft.coverage, draft.attention)
  const visible = useSecondsVisible(draft.secondsVisible)
  const status = useOutboxStatus(outbox)
  const [sent, setSent] = useState(false)
  const [feedback, setFeedback] = useState<Feedback | null>(null)
  useEffect(() => {
    seekHeard.current = watched.onSeek
  }, [watched.onSeek])

  const { writer, current } = useDraft({ slug, ready, rating, watched, visible, dispatch, ...tell })
  useMovingOn(rating.pending, rating.answers, dispatch)
  useHeartbeat({
    wanted: !sent,
    every: Math.min(HEARTBEAT, claim.lease_seconds / 4),
    beat: async () => {
      void writer.retry()
      await ratingApi.heartbeat(slug, slot)
      tell.onRenewed()
    },
  })

  const levels = complete(rating.answers)
  const unseen = missing(watched.coverage, video.seconds, protocol.watch_share)

  /** Once it is kept here, this item is done; whoever practises waits for what it was worth. */
  const put = async (entry: Entry): Promise<void> => {
    setSent(true)
    writer.stop()
    const { outcome } = await outbox.add(entry)
    void outcome.then(async ({ kind }) => kind === 'saved' && (await database).dropDraft(slot))
    if (entry.kind !== 'submission' || claim.purpose !== 'practice')
      return tell.onDone(entry.kind === 'skip' ? 'skipped' : 'submitted')
    const delivery = await outcome
    const given = delivery.kind === 'saved' ? delivery.receipt?.feedback : null
    if (given) setFeedback(given)
    else tell.onDone('submitted')
  }
  const about = claim.caption.text.slice(0, ABOUT)

  const submit = () => {
    if (!levels || sent) return
    const unseenNow = missing(watched.latest(), video.seconds, protocol.watch_share)
    if (unseenNow > 0) return
    const body = answerOf(current(), preferences[0].rate, video.seconds)
    if (body) void put({ kind: 'submission', key: body.client_key, slug, slot, about, body })
  }

  const skip = async (reason: Skip['reason']) => {
    if (sent) return
    const key = crypto.randomUUID()
    await put({ kind: 'skip', key, slug, slot, about, body: { reason } })
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
    saving: sent && !feedback ? status : null,
    feedback: feedback && { given: feedback, onContinue: () => tell.onDone('submitted') },
  }
}

type AnswerHow = { pointer?: boolean; moveOn?: boolean; to?: Dimension }

function answerOf(draft: Draft, rate: number, duration: number): Answer | null {
  const levels = complete(draft.answers)
  return (
    levels && {
      client_key: draft.clientKey,
      levels,
      evidence: evidenceOf(draft, rate, duration),
    }
  )
}

type Drafting = Pick<Options, 'ready' | 'onDraft' | 'onOvertaken'> & {
  slug: string
  rating: Rating
  watched: Watched
  visible: { current: number }
  dispatch: Dispatch<Action>
}

/** Keeps each answer at once, and follows a draft that went further. */
function useDraft({ slug, ready, rating, watched, visible, dispatch, ...tell }: Drafting) {
  const { database } = useSignedIn()
  const { slot, video } = ready.claim
  const [writer] = useState(
    () =>
      new DraftWriter(ready.draft, {
        keep: async draft => (await database).putDraft(slot, draft),
        send: draft => ratingApi.draft(slug, slot, toServer(draft, video.seconds)),
        problemOf,
        pause: () => new Promise(resolve => setTimeout(resolve, DRAFT_PAUSE)),
      }),
  )
  const base = useRef(ready.draft)
  const keptAt = useRef(0)
  const current = (): Draft => ({
    ...base.current,
    answers: rating.answers,
    changes: rating.changes,
    coverage: watched.latest(),
    secondsVisible: visible.current,
    attention: watched.attention(),
  })
  const keep = () => {
    keptAt.current = performance.now()
    base.current = current()
    tell.onDraft(base.current)
    void writer.keep(base.current)
  }

  const answered = useEffectEvent(() => {
    if (rating.answers === base.current.answers) return
    base.current = { ...base.current, step: base.current.step + 1 }
    keep()
  })
  const seen = useEffectEvent(() => {
    if (performance.now() - keptAt.current >= WATCHED_EVERY) keep()
  })
  const follow = useEffectEvent((newer: Draft) => {
    base.current = newer
    visible.current = Math.max(visible.current, newer.secondsVisible)
    watched.add(newer.coverage)
    dispatch({ type: 'restore', answers: newer.answers, changes: newer.changes })
    tell.onOvertaken()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is kept
  useEffect(() => answered(), [rating.answers])
  // biome-ignore lint/correctness/useExhaustiveDependencies: so is what was watched meanwhile
  useEffect(() => seen(), [watched.coverage])
  useEffect(() => writer.overtaken.listen(newer => follow(newer)), [writer])
  return { writer, current }
}
