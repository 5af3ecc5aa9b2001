/** The rules of rating, each with what it does. They are for what is lent from then on. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t, word } from '../../core/messages'
import { fieldErrors, problemOf } from '../../core/problem'
import { changes, PROTOCOL, type ProtocolField, shown } from '../../core/protocolForm'
import { qualityApi } from '../../core/qualityApi'
import type { Protocol } from '../../core/qualityTypes'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { useUnsaved } from '../../ui/unsaved'

export function Rating() {
  const id = useId()
  const { slug } = usePlace()
  const protocol = useQuery({
    queryKey: ['protocol', slug],
    queryFn: () => qualityApi.protocol(slug),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('settings.rating')}</h2>
      </header>
      {protocol.data ? (
        <Form protocol={protocol.data} />
      ) : protocol.error ? (
        <Failure error={protocol.error} retry={() => protocol.refetch()} />
      ) : (
        <Skeleton lines={8} tall />
      )}
    </section>
  )
}

function Form({ protocol }: { protocol: Protocol }) {
  const { slug, roles, archived } = usePlace()
  const queries = useQueryClient()
  const admin = mayManage(roles) && !archived
  const [changed, setChanged] = useState(false)
  useUnsaved(changed)
  const saving = useMutation({
    mutationFn: (change: Partial<Protocol>) => qualityApi.changeProtocol(slug, change),
    onSuccess: after => {
      queries.setQueryData(['protocol', slug], after)
      queries.invalidateQueries({ queryKey: ['progress', slug] })
      setChanged(false)
    },
  })
  const problem = saving.error ? problemOf(saving.error) : null
  const wrong = fieldErrors(problem?.errors)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (saving.isPending) return
    saving.mutate(changesIn(event.currentTarget, protocol))
  }
  const look = (event: FormEvent<HTMLFormElement>) =>
    setChanged(Object.keys(changesIn(event.currentTarget, protocol)).length > 0)
  return (
    <form className="form protocol" onSubmit={save} onChange={look}>
      {!admin && (
        <Banner tone="plain">{archived ? t('archived.text') : t('settings.readOnly')}</Banner>
      )}
      <p className="note">{t('protocol.next')}</p>
      {PROTOCOL.map(group => (
        <fieldset key={group.name} className="protocol-group" disabled={!admin}>
          <legend>{word('protocol.group', group.name)}</legend>
          {group.fields.map(field => (
            <Field
              key={field.name}
              field={field}
              protocol={protocol}
              wrong={wrong[field.name] ?? ''}
            />
          ))}
        </fieldset>
      ))}
      {problem && (
        <Banner tone="bad">
          {wrong.non_field_errors ? t('protocol.tooMuch') : explain(problem).title}
        </Banner>
      )}
      {admin && (
        <div className="form-foot">
          <button type="submit" className="button primary" aria-disabled={saving.isPending}>
            {saving.isPending ? t('action.saving') : t('action.save')}
          </button>
          <span role="status" className="muted">
            {changed ? t('unsaved.note') : saving.isSuccess && t('common.saved')}
          </span>
        </div>
      )}
    </form>
  )
}

function changesIn(element: HTMLFormElement, before: Protocol): Partial<Protocol> {
  const form = new FormData(element)
  return changes(name => {
    const entered = form.get(name)
    return entered === null ? null : String(entered)
  }, before)
}

type FieldProps = { field: ProtocolField; protocol: Protocol; wrong: string }

function Field({ field, protocol, wrong }: FieldProps) {
  const id = useId()
  const { name, kind, min, max } = field
  const value = shown(field, protocol)
  const label = word('protocol.field', name)
  const notes = (
    <p id={`${id}-hint`} className={wrong ? 'wrong' : 'hint'}>
      {wrong || word('protocol.hint', name)}
    </p>
  )
  if (typeof value === 'boolean')
    return (
      <div className="protocol-field">
        <label className="protocol-switch">
          <input
            type="checkbox"
            name={name}
            defaultChecked={value}
            aria-describedby={`${id}-hint`}
          />
          <span>{label}</span>
        </label>
        {notes}
      </div>
    )
  return (
    <div className="protocol-field">
      <label htmlFor={id}>{label}</label>
      <span className="with-unit">
        <input
          id={id}
          name={name}
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={kind === 'whole' || kind === 'count' ? 1 : 'any'}
          defaultValue={value}
          required
          aria-invalid={wrong !== ''}
          aria-describedby={`${id}-unit ${id}-hint`}
        />
        <span id={`${id}-unit`}>{unit(kind)}</span>
      </span>
      {notes}
    </div>
  )
}

function unit(kind: ProtocolField['kind']): string {
  if (kind === 'share') return '%'
  return kind === 'count' ? '' : t('protocol.minutes')
}
