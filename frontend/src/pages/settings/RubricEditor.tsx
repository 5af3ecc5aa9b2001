/** New words for the rubric. They become a version, whole, when they are published. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { NAMES } from '../../core/languages'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import {
  changesBetween,
  germanBetween,
  missing,
  type Words,
  wordingOf,
  wordsOf,
} from '../../core/rubricForm'
import { settingsApi } from '../../core/settingsApi'
import type { Language, NewVersion, Texts } from '../../core/settingsTypes'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { useUnsaved } from '../../ui/unsaved'
import { translated } from './library'
import { RubricFields } from './RubricFields'

type Props = { version: number; onClose: () => void }

export function RubricEditor({ version, onClose }: Props) {
  const id = useId()
  const { slug } = usePlace()
  const found = useQuery({
    queryKey: ['rubric-version', slug, version],
    queryFn: () => settingsApi.version(slug, version),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('rubric.editing', { n: version })}</h2>
      </header>
      {found.data ? (
        <Form key={version} version={version} texts={found.data.texts} onClose={onClose} />
      ) : found.error ? (
        <Failure error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton lines={8} tall />
      )}
    </section>
  )
}

function Form({ version, texts, onClose }: Props & { texts: Texts }) {
  const id = useId()
  const [before] = useState(() => translated(texts, version))
  const [en, setEn] = useState<Words>(() => wordsOf(before.en))
  const [de, setDe] = useState<Words | null>(() => (before.de ? wordsOf(before.de) : null))
  const [chosen, setChosen] = useState<Language>('en')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const publishing = usePublishing(onClose)

  const after: Texts = { en: wordingOf(en), ...(de ? { de: wordingOf(de) } : {}) }
  const changed = changesBetween(before, after).length > 0 || germanBetween(before, after) !== null
  useUnsaved((changed || note !== '') && !publishing.isSuccess)
  const lacking = { en: missing(en), de: de ? missing(de) : [] }
  const lacks = lacking.en.length + lacking.de.length
  const problem = publishing.error ? problemOf(publishing.error) : null

  const publish = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacks > 0) setChosen(lacking.en.length > 0 ? 'en' : 'de')
    if (!changed || lacks > 0 || !note.trim() || publishing.isPending) return
    publishing.mutate({ based_on: version, note: note.trim(), texts: after })
  }
  const words = chosen === 'de' ? de : en
  const change = (changes: Words) =>
    chosen === 'de' ? setDe({ ...de, ...changes }) : setEn({ ...en, ...changes })
  return (
    <form className="form rubric-form" onSubmit={publish} noValidate>
      <div className="rubric-languages">
        <fieldset className="segments">
          <legend className="hidden">{t('rubric.language')}</legend>
          {(['en', 'de'] as const).map(one => (
            <button
              key={one}
              type="button"
              className="segment"
              lang={one}
              aria-pressed={one === chosen}
              onClick={() => setChosen(one)}
            >
              {NAMES[one]}
            </button>
          ))}
        </fieldset>
        {chosen === 'de' && (
          <label className="protocol-switch">
            <input
              type="checkbox"
              checked={de !== null}
              onChange={event => setDe(event.target.checked ? (de ?? {}) : null)}
            />
            <span>
              {t('rubric.german')} <span className="hint">{t('rubric.german.hint')}</span>
            </span>
          </label>
        )}
      </div>
      {words && (
        <RubricFields
          key={chosen}
          language={chosen}
          words={words}
          missing={tried ? lacking[chosen] : []}
          onChange={change}
        />
      )}
      <div className="field">
        <label htmlFor={id}>{t('rubric.note')}</label>
        <input
          id={id}
          value={note}
          maxLength={500}
          required
          autoComplete="off"
          aria-invalid={tried && !note.trim()}
          aria-describedby={`${id}-hint`}
          onChange={event => setNote(event.target.value)}
        />
        <p id={`${id}-hint`} className={tried && !note.trim() ? 'wrong' : 'hint'}>
          {tried && !note.trim() ? t('settings.required') : t('rubric.note.hint')}
        </p>
      </div>
      {problem && <Banner tone="bad">{explain(problem).title}</Banner>}
      <div className="form-foot">
        <button type="submit" className="button primary" aria-disabled={publishing.isPending}>
          {publishing.isPending ? t('rubric.publishing') : t('rubric.publish', { n: version + 1 })}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <span role="status" className="muted">
          {tried && lacks > 0
            ? t('rubric.missing', { n: lacks })
            : changed
              ? t('unsaved.note')
              : t('rubric.unchanged')}
        </span>
      </div>
    </form>
  )
}

function usePublishing(onPublished: () => void) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (wanted: NewVersion) => settingsApi.publish(slug, wanted),
    onSuccess: async () => {
      queries.invalidateQueries({ queryKey: ['protocol', slug] })
      queries.invalidateQueries({ queryKey: ['rubric', slug] })
      await queries.invalidateQueries({ queryKey: ['rubric-versions', slug] })
      onPublished()
    },
  })
}
