/** A caption on the screen: its words and video left, the questions right, and the keys. */

import { type ReactNode, useEffect, useState } from 'react'
import type { Feedback as Given } from '../../core/answersTypes'
import { inOurWords } from '../../core/asking'
import { bind, type KeyAction } from '../../core/keymap'
import { keyName } from '../../core/keyNames'
import { t } from '../../core/messages'
import type { Claim } from '../../core/ratingTypes'
import { LEVELS, type Rubric } from '../../core/types'
import { useShortcuts } from '../../ui/useShortcuts'
import type { Answering } from './answering'
import { BreakHint } from './BreakHint'
import { CaptionText } from './CaptionText'
import { CommentDialog } from './CommentDialog'
import { useDesk } from './desk'
import { Feedback } from './Feedback'
import { Panel } from './Panel'
import { SkipDialog, type SkipWith } from './SkipDialog'
import { Stage } from './Stage'
import { useKeys } from './useKeys'
import { useRemarks } from './useRemarks'

type Props = {
  item: Omit<Answering, 'enterKey' | 'watchShare' | 'revising'>
  claim: Claim
  rubric: Rubric
  /** Null where there is nothing to skip. */
  onSkip: SkipWith | null
  revising?: Answering['revising']
  banner?: ReactNode
  /** What a practice answer was worth, in place of the questions. */
  feedback?: { given: Given; onContinue: () => void } | null
}

export function Screen({
  item,
  claim,
  rubric,
  onSkip,
  revising = null,
  banner,
  feedback = null,
}: Props) {
  const desk = useDesk()
  const { choice } = useKeys()
  const remarks = useRemarks(claim.slot, desk.say)
  const [open, setOpen] = useState<'skip' | 'comment' | 'flag' | null>(null)
  const words = inOurWords(rubric)
  const enter = desk.keymap?.next
  const answering: Answering = {
    ...item,
    revising,
    watchShare: claim.protocol.watch_share,
    enterKey: enter ? keyName(enter) : '',
  }
  const tools = {
    flag: remarks.flag,
    comments: remarks.comments.length,
    onFlag: remarks.turnFlag,
    onFlagWords: () => setOpen('flag'),
    onComment: () => setOpen('comment'),
    onSkip: onSkip && (() => item.saving === null && setOpen('skip')),
  }
  const acts: Acts = {
    ...(feedback ? { next: feedback.onContinue } : answerActs(item, rubric)),
    ...playerActs(item, desk.preferences),
    flag: tools.onFlag,
    comment: tools.onComment,
    ...(tools.onSkip && !feedback ? { skip: tools.onSkip } : {}),
  }
  const { shortcuts, repeating } = bind(choice, acts)
  useShortcuts(shortcuts, repeating)

  const { asks } = desk
  const { at } = item.rating
  useEffect(() => asks(at === 'summary' ? null : at), [asks, at])
  const { width, height } = claim.video

  return (
    <>
      {banner ?? <PurposeBanner claim={claim} />}
      <Break minutes={claim.protocol.break_minutes} />
      <div className="rate-grid" data-shape={shapeOf(width, height)}>
        <div className="rate-left">
          <CaptionText key={claim.slot} text={claim.caption.text} />
          <Stage
            video={claim.video}
            player={item.player}
            coverage={item.watched.coverage}
            preferences={desk.preferences[0]}
            prefer={desk.preferences[1]}
          />
        </div>
        {feedback ? (
          <Feedback
            feedback={feedback.given}
            rubric={words}
            enterKey={answering.enterKey}
            onContinue={feedback.onContinue}
          />
        ) : (
          <Panel item={answering} rubric={words} tools={tools} />
        )}
      </div>
      {open === 'skip' && onSkip && <SkipDialog onSkip={onSkip} onClose={() => setOpen(null)} />}
      {(open === 'comment' || open === 'flag') && (
        <CommentDialog about={open} remarks={remarks} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

/** Upright and very wide pictures are given another place than the usual ones. */
function shapeOf(width: number, height: number): 'tall' | 'wide' | 'usual' {
  const aspect = width / height
  return aspect < 0.8 ? 'tall' : aspect > 2.5 ? 'wide' : 'usual'
}

function PurposeBanner({ claim: { purpose, note } }: { claim: Claim }) {
  if (!note || (purpose !== 'practice' && purpose !== 'exam')) return null
  const values = { n: Math.min(note.done + 1, note.of), total: note.of }
  const where = purpose === 'exam' ? t('rate.exam', values) : t('rate.practice', values)
  return (
    <div className="purpose" data-purpose={purpose}>
      <strong>{where}</strong>
      <span>{purpose === 'exam' ? t('rate.exam.hint') : t('rate.practice.hint')}</span>
      <progress value={note.done} max={note.of} aria-label={where} />
    </div>
  )
}

function Break({ minutes }: { minutes: number }) {
  const { breakDue, notNow } = useDesk()
  if (!breakDue(minutes)) return null
  return <BreakHint minutes={minutes} onLater={notNow} />
}

type Acts = Partial<Record<KeyAction, () => void>>

function answerActs(
  { rating, dispatch, answer, submit, levels, saving }: Props['item'],
  rubric: Rubric,
): Acts {
  if (saving) return {}
  const digits = LEVELS.map(level => [`rate${level}`, () => answer(level)])
  const jumps = rubric.questions.map(({ dimension }) => [
    dimension,
    () => dispatch({ type: 'jump', to: dimension }),
  ])
  const next = () => {
    // "Five digits and Enter": the last digit's pause need not be waited for.
    const atTheEnd = rating.at === 'summary' || (rating.pending && levels !== null)
    if (rating.at !== 'summary') dispatch({ type: 'next' })
    if (atTheEnd) submit()
  }
  const back = () => dispatch({ type: 'back' })
  return { ...Object.fromEntries([...digits, ...jumps]), next, back }
}

function playerActs(
  { player }: Props['item'],
  [liked, prefer]: ReturnType<typeof useDesk>['preferences'],
): Acts {
  return {
    play: player.toggle,
    seekBack: () => player.seekBy(-1),
    seekOn: () => player.seekBy(1),
    frameBack: () => player.frame(-1),
    frameOn: () => player.frame(1),
    slower: player.slower,
    faster: player.faster,
    loop: () => prefer({ loop: !liked.loop }),
    mute: () => prefer({ muted: !liked.muted }),
  }
}
