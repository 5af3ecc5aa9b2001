/** What the file holds, and for each field the column it is in, or what it is in every row. */

import { useId } from 'react'
import { formFor, type ImportForm, type Place } from '../../core/importForm'
import type { Preview, What } from '../../core/importsApi'
import { t, word } from '../../core/messages'

const NOWHERE = 'nowhere'
const FIXED = 'fixed'
const COLUMN = 'column:'

type Props = { preview: Preview; form: ImportForm; onChange: (form: ImportForm) => void }

export function MappedColumns({ preview, form, onChange }: Props) {
  const id = useId()
  const put = (field: string, place: Place) =>
    onChange({ ...form, places: { ...form.places, [field]: place } })
  return (
    <>
      <div className="mapping">
        <div className="field">
          <label htmlFor={id}>{t('wizard.what')}</label>
          <select
            id={id}
            value={form.what}
            onChange={({ target }) => onChange(formFor(preview, target.value as What))}
          >
            {(['captions', 'ratings'] as const).map(what => (
              <option key={what} value={what}>
                {word('what', what)}
              </option>
            ))}
          </select>
        </div>
        {Object.entries(form.places).map(([field, place]) => (
          <Field
            key={field}
            field={field}
            place={place}
            columns={preview.columns}
            onChange={changed => put(field, changed)}
          />
        ))}
      </div>
      {form.what === 'ratings' && (
        <label className="tick-line">
          <input
            type="checkbox"
            checked={form.withoutMedia}
            onChange={({ target }) => onChange({ ...form, withoutMedia: target.checked })}
          />
          <span>{t('wizard.withoutMedia')}</span>
        </label>
      )}
    </>
  )
}

type FieldProps = {
  field: string
  place: Place
  columns: readonly string[]
  onChange: (place: Place) => void
}

function Field({ field, place, columns, onChange }: FieldProps) {
  const id = useId()
  const label = word('field', field)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={chosen(place)}
        onChange={({ target }) => onChange(placed(target.value))}
      >
        <option value={NOWHERE}>{t('wizard.nowhere')}</option>
        <option value={FIXED}>{t('wizard.fixed')}</option>
        {columns.map(name => (
          <option key={name} value={COLUMN + name}>
            {name}
          </option>
        ))}
      </select>
      {place.from === 'fixed' && (
        <input
          type="text"
          maxLength={200}
          aria-label={t('wizard.fixed.of', { field: label })}
          value={place.value}
          onChange={({ target }) => onChange({ from: 'fixed', value: target.value })}
        />
      )}
    </div>
  )
}

const chosen = (place: Place): string =>
  place.from === 'column' ? COLUMN + place.name : place.from

function placed(value: string): Place {
  if (value.startsWith(COLUMN)) return { from: 'column', name: value.slice(COLUMN.length) }
  return value === FIXED ? { from: 'fixed', value: '' } : { from: 'nowhere' }
}
