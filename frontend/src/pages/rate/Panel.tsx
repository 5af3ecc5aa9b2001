/** The right side: five letters, one question or the summary, and the way on. */

import { type ReactNode, useEffect, useRef } from 'react'
import { clock, decimal } from '../../core/format'
import { gaps } from '../../core/gaps'
import { t } from '../../core/messages'
import type { Question, Rubric } from '../../core/types'
import { Icon } from '../../ui/icons'
import { type Answering, inOrder } from './answering'
import { Foot, type Tools } from './Foot'
import { Scale } from './Scale'

type Props = { item: Answering; rubric: Rubric; tools: Tools }
type Parts = Pick<Props, 'item' | 'rubric'>

export function Panel({ item, rubric, tools }: Props) {
  const { rating } = item
  const question = rubric.questions.find(({ dimension }) => dimension === rating.at)
  return (
    <section className="rate-panel" aria-label={t('rate.questions')}>
      <Letters item={item} rubric={rubric} />
      {question ? (
        <Asked item={item} rubric={rubric} question={question} />
      ) : (
        <Summary item={item} rubric={rubric} />
      )}
      <Foot item={item} tools={tools} />
    </section>
  )
}

function Letters({ item, rubric }: Parts) {
  const { rating, dispatch, saving } = item
  return (
    <ol className="letters">
      {inOrder(rubric.questions, rating.order).map(({ dimension, letter, title }) => (
        <li key={dimension}>
          <button
            type="button"
            className="letter"
            aria-current={rating.at === dimension ? 'step' : undefined}
            aria-label={labelOf(item, rubric, { dimension, letter, title })}
            title={title}
            disabled={saving !== null}
            data-level={rating.answers[dimension]}
            onClick={() => dispatch({ type: 'jump', to: dimension })}
          >
            <span className="letter-name">{letter}</span>{' '}
            <span className="letter-answer">{rating.answers[dimension] ?? '·'}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

type Labelled = Pick<Question, 'dimension' | 'letter' | 'title'>

/** What is on the button, in the same order, and what it means. */
function labelOf(
  { rating }: Answering,
  { levels }: Rubric,
  { dimension, letter, title }: Labelled,
): string {
  const level = levels.find(({ value }) => value === rating.answers[dimension])
  return level
    ? t('rate.jump.answered', { letter, level: level.value, title, phrase: level.phrase })
    : t('rate.jump.open', { letter, title })
}

function Asked({ item, rubric, question }: Parts & { question: Question }) {
  const { rating, dispatch, answer, saving } = item
  const { dimension, title, text } = question
  const where = t('rate.question', {
    n: rating.order.indexOf(dimension) + 1,
    total: rating.order.length,
  })
  return (
    <div className="asked">
      <p className="eyebrow" aria-hidden="true">
        {where}
      </p>
      <QuestionHeading key={dimension}>
        <span className="hidden">{where}: </span>
        {title}
      </QuestionHeading>
      <p className="question-text">{text}</p>
      <Scale
        question={question}
        levels={rubric.levels}
        chosen={rating.answers[dimension]}
        locked={saving !== null}
        onAnswer={(level, { pointer }) =>
          answer(level, { pointer, moveOn: pointer, to: dimension })
        }
      />
      {rating.answers[dimension] !== undefined && !rating.pending && (
        <button type="button" className="button wide" onClick={() => dispatch({ type: 'next' })}>
          {t('rate.next')}
          <KeyHint>{item.enterKey}</KeyHint>
        </button>
      )}
    </div>
  )
}

/** When the question changes, reading and the Tab key go on at it, not where the last answer was. */
function QuestionHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const focused = document.activeElement
    const ours = focused?.closest('.rate-panel, .purpose') ?? null
    if (ours || focused === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h2 ref={heading} className="question" tabIndex={-1}>
      {children}
    </h2>
  )
}

function Summary({ item, rubric }: Parts) {
  const { rating, dispatch, saving } = item
  return (
    <div className="asked">
      <QuestionHeading>{t('rate.summary')}</QuestionHeading>
      <p className="question-text">{t('rate.summary.hint')}</p>
      <ul className="summary">
        {inOrder(rubric.questions, rating.order).map(({ dimension, title }) => {
          const level = rubric.levels.find(({ value }) => value === rating.answers[dimension])
          return (
            <li key={dimension}>
              <button
                type="button"
                className="summary-row"
                disabled={saving !== null}
                onClick={() => dispatch({ type: 'jump', to: dimension })}
              >
                <span className="summary-title">{title}</span>
                <span className={level ? 'summary-answer' : 'summary-answer open'}>
                  {level && <kbd data-level={level.value}>{level.value}</kbd>}
                  {level?.phrase ?? t('rate.unanswered.short')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <Submit item={item} />
    </div>
  )
}

function Submit({ item }: { item: Answering }) {
  const { saving, submit, revising } = item
  const reason = whatIsMissing(item)
  const label = revising ? t('revision.submit') : t('rate.submit')
  return (
    <div className="submit">
      <button
        type="button"
        className="button primary large wide"
        aria-disabled={reason !== '' || saving !== null}
        aria-describedby="submit-reason"
        onClick={submit}
      >
        {saving?.state === 'sending' ? t('rate.submitting') : label}
        {!saving && <KeyHint onButton>{item.enterKey}</KeyHint>}
      </button>
      <p id="submit-reason" className="submit-reason">
        {saving ? '' : reason}
      </p>
      {!saving && item.levels && <Unseen item={item} />}
    </div>
  )
}

function whatIsMissing({ levels, rating, unseen, revising }: Answering): string {
  const open = rating.order.filter(dimension => rating.answers[dimension] === undefined).length
  if (!levels) return t('rate.answerAll', { n: open })
  if (unseen > 0) return t('rate.watchMore', { seconds: decimal(Math.ceil(unseen * 10) / 10, 1) })
  return revising && !revising.changed ? t('revision.unchanged') : ''
}

/** A part that will not come by itself while the clip plays on from here. */
const AHEAD = 0.6

function Unseen({ item: { player, watched, unseen, watchShare } }: { item: Answering }) {
  const { time, duration, playing } = player.state
  const [first] = unseen > 0 ? gaps(watched.coverage, duration, watchShare) : []
  if (!first || (playing && Math.abs(first[0] - time) < AHEAD)) return null
  const [from, to] = [clock(first[0]), clock(first[1])]
  const go = () => {
    player.seekTo(first[0])
    if (!playing) player.toggle()
  }
  return (
    <p className="unseen">
      <span>{t('rate.watchGap', { from, to })}</span>
      <button type="button" className="button small" onClick={go}>
        <Icon name="play" size={14} />
        {t('player.gap', { from })}
      </button>
    </p>
  )
}

/** The key that does the same, for those who see; the others hear the button's name. */
function KeyHint({ children, onButton = false }: { children: string; onButton?: boolean }) {
  if (!children) return null
  return (
    <span className={onButton ? 'key on-button' : 'key'} aria-hidden="true">
      {children}
    </span>
  )
}
