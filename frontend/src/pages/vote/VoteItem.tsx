/** One pair on the screen: the video, its two captions, and the four answers. */

import { useState } from 'react'
import type { Draft } from '../../core/draft'
import { decimal } from '../../core/format'
import { t } from '../../core/messages'
import { CHOICES, type Choice, type Pair } from '../../core/ratingTypes'
import { CaptionText } from '../rate/CaptionText'
import { SaveState } from '../rate/SaveState'
import { SkipDialog } from '../rate/SkipDialog'
import { Stage } from '../rate/Stage'
import { usePreferences } from '../rate/usePreferences'
import { useVote, type Voting } from './useVote'
import { useVoteKeys } from './useVoteKeys'

type Props = { pair: Pair; draft: Draft; onDone: () => void; onRenewed: () => void }

export function VoteItem({ pair, draft, onDone, onRenewed }: Props) {
  const preferences = usePreferences()
  const [skipping, setSkipping] = useState(false)
  const voting = useVote({ pair, draft, preferences, onDone, onRenewed })
  const keys = useVoteKeys({ voting, preferences, onSkip: () => setSkipping(true) })
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
            data-chosen={voting.choice === CHOICES[at] || undefined}
          >
            <p className="vote-side" aria-hidden="true">
              {SIDES[at]}
            </p>
            <CaptionText text={text} label={t('vote.caption', { side: SIDES[at] ?? '' })} />
          </div>
        ))}
      </div>
      <Answers voting={voting} keys={keys} onSkip={() => setSkipping(true)} />
      {skipping && <SkipDialog onSkip={voting.skip} onClose={() => setSkipping(false)} />}
    </div>
  )
}

const SIDES = ['A', 'B'] as const

type AnswersProps = { voting: Voting; keys: Record<Choice, string> | null; onSkip: () => void }

function Answers({ voting, keys, onSkip }: AnswersProps) {
  const { choice, choose, unseen, submit, sent } = voting
  const reason = !choice
    ? t('vote.choose')
    : unseen > 0
      ? t('rate.watchMore', { seconds: decimal(Math.ceil(unseen * 10) / 10, 1) })
      : ''
  return (
    <section className="vote-answers" aria-label={t('vote.question')}>
      <fieldset className="vote-choices" disabled={sent}>
        <legend>{t('vote.question')}</legend>
        {CHOICES.map(one => (
          <label key={one} className="vote-choice" data-chosen={choice === one || undefined}>
            <input
              type="radio"
              name="choice"
              className="hidden"
              checked={choice === one}
              onChange={() => choose(one)}
            />
            {keys && (
              <span className="key" aria-hidden="true">
                {keys[one]}
              </span>
            )}
            {t(`vote.choice.${one}`)}
          </label>
        ))}
      </fieldset>
      <footer className="vote-foot">
        <SaveState />
        <span className="spring" />
        <button type="button" className="button quiet" onClick={onSkip} disabled={sent}>
          {t('rate.skip')}
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={reason !== '' || sent}
          aria-describedby="vote-reason"
          onClick={submit}
        >
          {t('vote.submit')}
          <span className="key on-button" aria-hidden="true">
            ↵
          </span>
        </button>
      </footer>
      <p id="vote-reason" className="submit-reason" role="status">
        {reason}
      </p>
    </section>
  )
}
