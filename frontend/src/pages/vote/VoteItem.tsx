/** One pair on the screen: the video, its two captions, and the four answers. */

import { type MouseEvent, useRef, useState } from 'react'
import type { By } from '../../core/ballot'
import type { Draft } from '../../core/draft'
import { decimal } from '../../core/format'
import { t } from '../../core/messages'
import { CHOICES, type Choice, type Pair } from '../../core/ratingTypes'
import { useMedia } from '../../ui/useMedia'
import { CaptionText } from '../rate/CaptionText'
import { SaveState } from '../rate/SaveState'
import { SkipDialog } from '../rate/SkipDialog'
import { Stage } from '../rate/Stage'
import { usePreferences } from '../rate/usePreferences'
import { useVote, type Voting } from './useVote'
import { NO_KEYS, useVoteKeys, type VoteKeys } from './useVoteKeys'

type Props = { pair: Pair; draft: Draft; onDone: () => void; onRenewed: () => void }

export function VoteItem({ pair, draft, onDone, onRenewed }: Props) {
  const preferences = usePreferences()
  const [skipping, setSkipping] = useState(false)
  const voting = useVote({ pair, draft, preferences, onDone, onRenewed })
  const beginToSkip = () => {
    voting.wait()
    setSkipping(true)
  }
  const keys = useVoteKeys({ voting, preferences, onSkip: beginToSkip })
  const [liked, prefer] = preferences
  return (
    <div className="vote-grid">
      <Stage
        video={pair.video}
        player={voting.player}
        coverage={voting.watched.coverage}
        preferences={liked}
        prefer={prefer}
      />
      <div className="vote-captions">
        {([pair.caption, pair.rival] as const).map(({ text }, at) => (
          <div
            key={SIDES[at]}
            className="vote-caption"
            data-chosen={voting.ballot.choice === CHOICES[at] || undefined}
          >
            <p className="vote-side" aria-hidden="true">
              {SIDES[at]}
            </p>
            <CaptionText text={text} label={t('vote.caption', { side: SIDES[at] ?? '' })} />
          </div>
        ))}
      </div>
      <Answers
        voting={voting}
        keys={keys}
        sendsItself={pair.protocol.auto_advance}
        onSkip={beginToSkip}
      />
      {skipping && (
        <SkipDialog
          title={t('vote.skip')}
          text={t('vote.skip.text')}
          onSkip={voting.skip}
          onClose={() => setSkipping(false)}
        />
      )}
    </div>
  )
}

const SIDES = ['A', 'B'] as const

type AnswersProps = {
  voting: Voting
  keys: VoteKeys
  sendsItself: boolean
  onSkip: () => void
}

function Answers({ voting, keys, sendsItself, onSkip }: AnswersProps) {
  const { ballot, choose, submit, sent, unseen } = voting
  const hasKeyboard = useMedia('(hover: hover)')
  const message = said(voting, hasKeyboard ? keys : NO_KEYS, sendsItself)
  return (
    <section className="vote-answers" aria-label={t('vote.question')}>
      <fieldset className="vote-choices" disabled={sent}>
        <legend>{t('vote.question')}</legend>
        {CHOICES.map(choice => (
          <Answer
            key={choice}
            choice={choice}
            chosen={ballot.choice === choice}
            pressed={keys[choice]}
            onChoose={choose}
          />
        ))}
      </fieldset>
      <p id="vote-said" className="vote-said">
        {message}
      </p>
      {/* The seconds that count down above are not to be read out one by one. */}
      <p className="hidden" role="status">
        {ballot.choice && (unseen > 0 ? t(`vote.choice.${ballot.choice}`) : message)}
      </p>
      <footer className="vote-foot">
        <SaveState />
        <span className="spring" />
        <button type="button" className="button large quiet" onClick={onSkip} disabled={sent}>
          {t('rate.skip')}
        </button>
        <button
          type="button"
          className="button large primary"
          aria-disabled={!ballot.choice || unseen > 0 || sent}
          aria-describedby="vote-said"
          onClick={submit}
        >
          {t('vote.submit')}
          {keys.next && (
            <span className="key on-button" aria-hidden="true">
              {keys.next}
            </span>
          )}
        </button>
      </footer>
    </section>
  )
}

/** What is still to be done, or can still be undone. */
function said(
  { ballot: { choice, pending }, unseen, sent }: Voting,
  keys: VoteKeys,
  sendsItself: boolean,
): string {
  if (sent) return ''
  if (unseen > 0) return t('rate.watchMore', { seconds: decimal(Math.ceil(unseen * 10) / 10, 1) })
  if (!choice) return sendsItself ? t('vote.choose.sendsItself') : t('vote.choose')
  const answer = t(`vote.choice.${choice}`)
  if (pending === 'pointer') return t('vote.pending.pointer', { answer })
  if (pending) return keys.back ? t('vote.pending', { answer, key: keys.back }) : answer
  return keys.next ? t('vote.chosen.key', { answer, key: keys.next }) : t('vote.chosen', { answer })
}

type AnswerProps = {
  choice: Choice
  chosen: boolean
  pressed: string | null
  onChoose: (choice: Choice, by: By) => void
}

function Answer({ choice, chosen, pressed, onChoose }: AnswerProps) {
  const byPointer = useRef(false)
  const choose = () => {
    onChoose(choice, byPointer.current ? 'pointer' : 'arrow')
    byPointer.current = false
  }
  // Arrow keys click the input too, without a detail; moving over the answers must not send one.
  const onClick = ({ detail }: MouseEvent) => {
    if (detail > 0) byPointer.current = true
  }
  return (
    <label className="vote-choice" data-chosen={chosen || undefined} onClickCapture={onClick}>
      <input
        type="radio"
        name="choice"
        className="hidden"
        checked={chosen}
        onClick={() => chosen && byPointer.current && choose()}
        onChange={choose}
      />
      {pressed && (
        <span className="key" aria-hidden="true">
          {pressed}
        </span>
      )}
      {t(`vote.choice.${choice}`)}
    </label>
  )
}
