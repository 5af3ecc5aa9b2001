/** An answer of before, opened again. What is submitted here stands beside it, not in its place. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { useOutboxStatus } from '../../app/useOutbox'
import { askedInOrder } from '../../core/asking'
import { dateTime } from '../../core/format'
import { t } from '../../core/messages'
import { begin, complete, rate } from '../../core/rating'
import type { Claim } from '../../core/ratingTypes'
import { DIMENSIONS, type Level, type Rubric } from '../../core/types'
import type { Answering } from './answering'
import { useDesk } from './desk'
import { Screen } from './Screen'
import { useMovingOn } from './useMovingOn'
import { usePlayer } from './usePlayer'
import { useReturned } from './useReturned'
import { useWatch } from './useWatch'

type Submitted = NonNullable<Claim['submitted']>
type Props = { claim: Claim; submitted: Submitted; rubric: Rubric; onOver: (said: string) => void }

export function RevisionItem({ claim, submitted, rubric, onOver }: Props) {
  const item = useRevision(claim, submitted, () => onOver(t('revision.saved')))
  const number = submitted.revision + 1
  return (
    <Screen
      item={item}
      claim={claim}
      rubric={rubric}
      onSkip={null}
      revising={{ number, changed: item.changed }}
      banner={
        <RevisionBanner at={submitted.submitted_at} number={number} onCancel={() => onOver('')} />
      }
    />
  )
}

type BannerProps = { at: string; number: number; onCancel: () => void }

/** Reading goes on here, and the keys are for this caption: the list it came from has had its turn. */
function RevisionBanner({ at, number, onCancel }: BannerProps) {
  const title = useRef<HTMLElement>(null)
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  return (
    <div className="purpose" data-purpose="revision">
      <strong ref={title} tabIndex={-1}>
        {t('revision.title', { date: dateTime(at) })}
      </strong>
      <span>{t('revision.hint', { n: number })}</span>
      <button type="button" className="button small" onClick={onCancel}>
        {t('revision.cancel')}
      </button>
    </div>
  )
}

type Revision = Omit<Answering, 'enterKey' | 'watchShare' | 'revising'> & { changed: boolean }

function useRevision(claim: Claim, submitted: Submitted, onRevised: () => void): Revision {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const { preferences } = useDesk()
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const [sent, setSent] = useState(false)
  const status = useOutboxStatus(outbox)
  const [rating, dispatch] = useReducer(rate, submitted.levels, answers =>
    begin(askedInOrder(DIMENSIONS, claim.slot, claim.protocol.random_order), {
      answers,
      changes: 0,
    }),
  )
  const seekHeard = useRef(() => {})
  const player = usePlayer({
    duration: claim.video.seconds,
    preferences: preferences[0],
    prefer: preferences[1],
    onSeek: () => seekHeard.current(),
  })
  const watched = useWatch(player.video, claim.video.seconds, [])
  useMovingOn(rating.pending, rating.answers, dispatch)

  const levels = complete(rating.answers)
  // Who was asked to look again may stand by what they said.
  const returned = useReturned().some(({ slot }) => slot === claim.slot)
  const changed =
    returned || DIMENSIONS.some(name => rating.answers[name] !== submitted.levels[name])
  const submit = async () => {
    if (!levels || !changed || sent) return
    setSent(true)
    const { outcome } = await outbox.add({
      kind: 'revision',
      key,
      slug,
      slot: claim.slot,
      about: claim.caption.text.slice(0, 80),
      body: { client_key: key, levels },
    })
    outcome.then(() => {
      queries.invalidateQueries({ queryKey: ['history', slug] })
      queries.invalidateQueries({ queryKey: ['returned', slug] })
    })
    onRevised()
  }
  return {
    rating,
    dispatch,
    answer: (level: Level, { pointer = false, moveOn = true, to } = {}) =>
      dispatch({
        type: 'answer',
        level,
        moveOn: moveOn && claim.protocol.auto_advance,
        ...(pointer && to ? { to } : {}),
      }),
    player,
    watched,
    // Who has seen it before need not watch all of it again.
    unseen: 0,
    levels,
    submit,
    changed,
    saving: sent ? status : null,
  }
}
