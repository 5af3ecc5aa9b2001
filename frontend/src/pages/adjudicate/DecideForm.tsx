/** The decision: a level for each dimension that needs one, and why. Nothing is chosen beforehand. */

import { type FormEvent, useId, useState } from 'react'
import { adjudicationApi, type Story } from '../../core/adjudicationApi'
import type { Dispute } from '../../core/dispute'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { DIMENSIONS, type Dimension, type Level, type Levels } from '../../core/types'
import { LevelChoice } from '../../ui/LevelChoice'
import { Banner, explain } from '../../ui/Notice'
import { ReasonField } from './ReasonField'
import { useSettling } from './useSettling'

type Props = { story: Story; disputed: Record<Dimension, Dispute> }

export function DecideForm({ story, disputed }: Props) {
  const id = useId()
  const [levels, setLevels] = useState<Partial<Levels>>({})
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const deciding = useSettling(
    (slug, why: string) => adjudicationApi.decide(slug, story.item, levels, why),
    () => {
      setLevels({})
      setReason('')
      setTried(false)
    },
  )
  const chosen = Object.keys(levels).length
  const missing = reason.trim() === ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (chosen > 0 && !missing && !deciding.isPending) deciding.mutate(reason.trim())
  }
  const choose = (dimension: Dimension, level: Level | null) =>
    setLevels(({ [dimension]: _, ...others }) =>
      level === null ? others : { ...others, [dimension]: level },
    )
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('adjudicate.decide')}</h2>
      </header>
      <p className="note">{t('adjudicate.decide.hint')}</p>
      <form className="form" onSubmit={send}>
        {DIMENSIONS.map(dimension => (
          <Choice
            key={dimension}
            dimension={dimension}
            disputed={disputed[dimension]}
            level={levels[dimension]}
            onChoose={level => choose(dimension, level)}
          />
        ))}
        <p className="wrong" role="status">
          {tried && chosen === 0 ? t('adjudicate.decide.none') : ''}
        </p>
        <ReasonField
          label={t('adjudicate.reason')}
          value={reason}
          wrong={tried && missing ? t('adjudicate.reason.missing') : ''}
          onChange={setReason}
        />
        {deciding.error && <Banner tone="bad">{explain(problemOf(deciding.error)).title}</Banner>}
        <div className="form-foot">
          <span role="status" className="muted">
            {deciding.isSuccess && chosen === 0 ? t('adjudicate.done') : ''}
          </span>
          <button type="submit" className="button primary" aria-disabled={deciding.isPending}>
            {chosen === 0 ? t('adjudicate.decide') : t('adjudicate.decide.button', { n: chosen })}
          </button>
        </div>
      </form>
    </section>
  )
}

type ChoiceProps = {
  dimension: Dimension
  disputed: Dispute
  level: Level | undefined
  onChoose: (level: Level | null) => void
}

function Choice({ dimension, disputed, level, onChoose }: ChoiceProps) {
  return (
    <fieldset className="reference">
      <legend>
        {word('dimension', dimension)}{' '}
        {disputed && <span className="tag tag-urgent">{word('adjudicate.dispute', disputed)}</span>}
      </legend>
      <div className="case-choice">
        <LevelChoice level={level} onLevel={onChoose} />
        {level !== undefined && (
          <button type="button" className="button quiet small" onClick={() => onChoose(null)}>
            {t('adjudicate.decide.leave')}
          </button>
        )}
      </div>
    </fieldset>
  )
}
