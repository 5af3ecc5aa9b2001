/** After a practice caption: one's own levels beside the reference, and why. */

import { useEffect, useRef } from 'react'
import type { Feedback as Given, Marked } from '../../core/answersTypes'
import { t } from '../../core/messages'
import type { Level, Rubric } from '../../core/types'
import { Icon } from '../../ui/icons'

type Props = { feedback: Given; rubric: Rubric; enterKey: string; onContinue: () => void }

export function Feedback({ feedback, rubric, enterKey, onContinue }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <section className="rate-panel" aria-label={t('practice.result')}>
      <h2 ref={heading} className="question" tabIndex={-1}>
        {feedback.passed ? t('practice.passed') : t('practice.failed')}
      </h2>
      <p className="question-text">{t('practice.hint')}</p>
      <ul className="marks">
        {feedback.dimensions.map(marked => (
          <li key={marked.dimension} className="marked" data-passed={marked.passed}>
            <MarkRow marked={marked} rubric={rubric} />
          </li>
        ))}
      </ul>
      <div className="submit">
        <button type="button" className="button primary large wide" onClick={onContinue}>
          {t('practice.go')}
          {enterKey && (
            <span className="key on-button" aria-hidden="true">
              {enterKey}
            </span>
          )}
        </button>
      </div>
    </section>
  )
}

function MarkRow({ marked, rubric }: { marked: Marked; rubric: Rubric }) {
  const { dimension, given, expected, passed, note } = marked
  const title = rubric.questions.find(question => question.dimension === dimension)?.title
  return (
    <>
      <h3>
        <Icon name={passed ? 'check' : 'cross'} size={16} />
        {title}
        <span className="mark-result">{passed ? t('practice.good') : t('practice.bad')}</span>
      </h3>
      <dl>
        <div>
          <dt>{t('practice.yours')}</dt>
          <dd>
            <Worded level={given} rubric={rubric} />
          </dd>
        </div>
        <div>
          <dt>{t('practice.expected')}</dt>
          <dd>
            <Worded level={expected} rubric={rubric} />
          </dd>
        </div>
      </dl>
      {note && <p className="mark-note">{note}</p>}
    </>
  )
}

function Worded({ level, rubric }: { level: Level; rubric: Rubric }) {
  return (
    <>
      <kbd data-level={level}>{level}</kbd>{' '}
      {rubric.levels.find(({ value }) => value === level)?.phrase}
    </>
  )
}
