/** What changed from one version of the rubric to another, word by word. */

import { useQueries } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { NAMES } from '../../core/languages'
import { t, word } from '../../core/messages'
import { changesBetween, GUIDELINE, germanBetween } from '../../core/rubricForm'
import { settingsApi } from '../../core/settingsApi'
import type { Texts } from '../../core/settingsTypes'
import { Skeleton } from '../../ui/Notice'
import { Diff } from '../quality/Diff'
import { translated } from './library'

export function RubricDiff({ newest }: { newest: number }) {
  const id = useId()
  const { slug } = usePlace()
  const [from, setFrom] = useState(newest - 1)
  const [to, setTo] = useState(newest)
  const [one, other] = useQueries({
    queries: [from, to].map(version => ({
      queryKey: ['rubric-version', slug, version],
      queryFn: () => settingsApi.version(slug, version),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const all = Array.from({ length: newest }, (_, before) => before + 1)
  const choice = (label: string, value: number, choose: (version: number) => void) => (
    <label className="inline-field">
      <span>{label}</span>
      <select value={value} onChange={event => choose(Number(event.target.value))}>
        {all.map(version => (
          <option key={version} value={version}>
            {t('rubric.version', { n: version })}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('rubric.compare')}</h2>
        <div className="rubric-compare">
          {choice(t('rubric.compare.from'), from, setFrom)}
          {choice(t('rubric.compare.to'), to, setTo)}
        </div>
      </header>
      {one?.data && other?.data ? (
        <Changes
          before={translated(one.data.texts, from)}
          after={translated(other.data.texts, to)}
        />
      ) : (
        <Skeleton lines={3} />
      )}
    </section>
  )
}

function Changes({ before, after }: { before: Texts; after: Texts }) {
  const changes = changesBetween(before, after)
  const german = germanBetween(before, after)
  if (changes.length === 0 && !german) return <p className="muted">{t('rubric.compare.same')}</p>
  return (
    <dl className="rubric-changes">
      {changes.map(({ language, place, before, after }) => (
        <div key={`${language} ${place}`}>
          <dt>
            {named(place)} <span className="tag">{NAMES[language]}</span>
          </dt>
          <dd lang={language}>
            <Diff before={before} after={after} />
          </dd>
        </div>
      ))}
      {german && (
        <div>
          <dt>
            <span className="tag">{NAMES.de}</span>
          </dt>
          <dd>{german === 'added' ? t('rubric.compare.added') : t('rubric.compare.gone')}</dd>
        </div>
      )}
    </dl>
  )
}

/** "questions.object.text" is the question on objects. */
function named(place: string): string {
  if (place === GUIDELINE) return t('rubric.guideline')
  const [family, which = '', part = ''] = place.split('.')
  const what = family === 'levels' ? t('rubric.level', { n: which }) : word('dimension', which)
  return `${what}: ${word('rubric.field', part)}`
}
