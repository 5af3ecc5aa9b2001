/** The words of a rubric in one language, each in its field. */

import { useId } from 'react'
import { t, word } from '../../core/messages'
import {
  GUIDELINE,
  levelPlaces,
  type Place,
  questionPlaces,
  type Words,
} from '../../core/rubricForm'
import type { Language } from '../../core/settingsTypes'
import { DIMENSIONS, LEVELS } from '../../core/types'

type Props = {
  language: Language
  words: Words
  missing: readonly Place[]
  onChange: (changed: Words) => void
}

export function RubricFields({ language, words, missing, onChange }: Props) {
  const field = (place: Place) => ({
    language,
    value: words[place] ?? '',
    wrong: missing.includes(place),
    onChange: (value: string) => onChange({ [place]: value }),
  })
  return (
    <>
      <Field
        label={t('rubric.guideline')}
        hint={t('rubric.guideline.hint')}
        rows={5}
        most={20_000}
        {...field(GUIDELINE)}
      />
      {DIMENSIONS.map(dimension => {
        const { title, text, examples } = questionPlaces(dimension)
        return (
          <fieldset key={dimension} className="rubric-group">
            <legend>{word('dimension', dimension)}</legend>
            <Field label={t('rubric.field.title')} most={80} {...field(title)} />
            <Field label={t('rubric.field.text')} rows={2} most={1000} {...field(text)} />
            <Field
              label={t('rubric.field.examples')}
              hint={t('rubric.examples.hint')}
              rows={2}
              most={5000}
              {...field(examples)}
            />
          </fieldset>
        )
      })}
      {LEVELS.map(level => {
        const { phrase, sentence } = levelPlaces(level)
        return (
          <fieldset key={level} className="rubric-group rubric-level">
            <legend>{t('rubric.level', { n: level })}</legend>
            <Field label={t('rubric.field.phrase')} most={60} {...field(phrase)} />
            <Field label={t('rubric.field.sentence')} rows={2} most={500} {...field(sentence)} />
          </fieldset>
        )
      })}
    </>
  )
}

type FieldProps = {
  label: string
  hint?: string
  rows?: number
  most: number
  language: Language
  value: string
  wrong: boolean
  onChange: (value: string) => void
}

function Field({ label, hint, rows, most, language, value, wrong, onChange }: FieldProps) {
  const id = useId()
  const said = wrong ? t('settings.required') : hint
  const given = {
    id,
    lang: language,
    value,
    maxLength: most,
    'aria-invalid': wrong,
    ...(said ? { 'aria-describedby': `${id}-hint` } : {}),
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...given} rows={rows} onChange={event => onChange(event.target.value)} />
      ) : (
        <input {...given} autoComplete="off" onChange={event => onChange(event.target.value)} />
      )}
      {said && (
        <p id={`${id}-hint`} className={wrong ? 'wrong' : 'hint'}>
          {said}
        </p>
      )}
    </div>
  )
}
