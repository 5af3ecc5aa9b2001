/** The right side: five letters, one question or the summary, and the way on. */

import { type ReactNode, useEffect, useRef } from 'react'
import { decimal } from '../../core/format'
import { t } from '../../core/messages'
import type { Question, Rubric } from '../../core/types'
import { Icon } from '../../ui/icons'
import { SaveState } from './SaveState'
import { Scale } from './Scale'
import type { Item } from './useItem'

type Props = { item: Item; rubric: Rubric; onSkip: () => void; onHelp: () => void }

export function Panel({ item, rubric, onSkip, onHelp }: Props) {
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
      <footer className="panel-foot">
        <button
          type="button"
          className="button quiet"
          onClick={() => item.dispatch({ type: 'back' })}
          disabled={rating.at === rating.order[0] || item.saving !== null}
        >
          <Icon name="back" size={16} />
          {t('rate.back')}
        </button>
        <span className="spring" />
        <button
          type="button"
          className="button quiet"
          onClick={onSkip}
          disabled={item.saving !== null}
        >
          {t('rate.skip')}
        </button>
        <button
          type="button"
          className="button quiet square"
          onClick={onHelp}
          aria-label={t('rate.help')}
          title={t('rate.help')}
        >
          <Icon name="help" />
        </button>
      </footer>
    </section>
  )
}

function Letters({ item, rubric }: Pick<Props, 'item' | 'rubric'>) {
  const { rating, dispatch, saving } = item
  return (
    <ol className="letters">
      {rubric.questions.map(({ dimension, letter, title }) => (
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
  { rating }: Item,
  { levels }: Rubric,
  { dimension, letter, title }: Labelled,
): string {
  const level = levels.find(({ value }) => value === rating.answers[dimension])
  return level
    ? t('rate.jump.answered', { letter, level: level.value, title, phrase: level.phrase })
    : t('rate.jump.open', { letter, title })
}

function Asked({
  item,
  rubric,
  question,
}: Omit<Props, 'onSkip' | 'onHelp'> & { question: Question }) {
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
          <span className="key" aria-hidden="true">
            ↵
          </span>
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
    const inPanel = heading.current?.closest('.rate-panel')?.contains(focused) ?? false
    if (inPanel || focused === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h2 ref={heading} className="question" tabIndex={-1}>
      {children}
    </h2>
  )
}

function Summary({ item, rubric }: Pick<Props, 'item' | 'rubric'>) {
  const { rating, dispatch, saving } = item
  return (
    <div className="asked">
      <QuestionHeading>{t('rate.summary')}</QuestionHeading>
      <p className="question-text">{t('rate.summary.hint')}</p>
      <ul className="summary">
        {rubric.questions.map(({ dimension, title }) => {
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

function Submit({ item }: { item: Item }) {
  const { unseen, levels, saving, submit, rating } = item
  const open = rating.order.filter(dimension => rating.answers[dimension] === undefined).length
  const reason = !levels
    ? t('rate.answerAll', { n: open })
    : unseen > 0
      ? t('rate.watchMore', { seconds: decimal(Math.ceil(unseen * 10) / 10, 1) })
      : ''
  return (
    <div className="submit">
      <button
        type="button"
        className="button primary large wide"
        aria-disabled={reason !== '' || saving !== null}
        aria-describedby="submit-reason"
        onClick={submit}
      >
        {saving?.state === 'sending' ? t('rate.submitting') : t('rate.submit')}
        {!saving && (
          <span className="key on-button" aria-hidden="true">
            ↵
          </span>
        )}
      </button>
      <p id="submit-reason" className="submit-reason">
        {saving ? '' : reason}
      </p>
      {saving && <SaveState status={saving} />}
    </div>
  )
}
