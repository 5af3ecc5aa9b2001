/** The options of a kind of run, with their defaults. A turn has those of all its stages. */

import { type FormEvent, useId } from 'react'
import { t, word } from '../../core/messages'
import { fieldErrors, problemOf } from '../../core/problem'
import { FIELDS, type Field, optionsFrom, whenEmpty } from '../../core/runs'
import { type Kind, type Stage, TURN } from '../../core/types'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

type Props = {
  kind: Kind
  label: string
  busy: boolean
  error: unknown
  onRun: (options: Record<string, unknown>) => void
  onClose: () => void
}

export function OptionsDialog({ kind, label, busy, error, onRun, onClose }: Props) {
  const problem = error ? problemOf(error) : null
  const wrong = problem?.errors ? fieldErrors(problem.errors) : {}
  const run = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy) onRun(optionsOf(kind, new FormData(event.currentTarget)))
  }
  return (
    <Modal
      title={t('runs.optionsFor', { kind: word('kind', kind) })}
      onClose={onClose}
      wide={kind === 'turn'}
    >
      <form className="options" onSubmit={run} noValidate>
        {kind === 'turn' ? (
          <>
            <Until />
            <div className="option-groups">
              {TURN.map(stage => (
                <fieldset key={stage} className="option-group">
                  <legend>{word('kind', stage)}</legend>
                  <Fields stage={stage} prefix={`${stage}.`} wrong={wrong} />
                </fieldset>
              ))}
            </div>
          </>
        ) : (
          <Fields stage={kind} prefix="" wrong={wrong} />
        )}
        {problem && <Banner tone="bad">{explain(problem).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={busy}>
            {busy ? t('runs.starting') : label}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

function optionsOf(kind: Kind, form: FormData): Record<string, unknown> {
  const read = (stage: Stage, prefix: string) =>
    optionsFrom(FIELDS[stage], name => String(form.get(prefix + name) ?? ''))
  if (kind !== 'turn') return read(kind, '')
  const stages = TURN.map(stage => [stage, read(stage, `${stage}.`)])
  return { ...Object.fromEntries(stages), until: form.get('until') }
}

/** How far a turn goes. */
function Until() {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('option.until')}</label>
      <select id={id} name="until" defaultValue={TURN.at(-1)}>
        {TURN.map(stage => (
          <option key={stage} value={stage}>
            {word('kind', stage)}
          </option>
        ))}
      </select>
    </div>
  )
}

type FieldsProps = { stage: Stage; prefix: string; wrong: Record<string, string> }

function Fields({ stage, prefix, wrong }: FieldsProps) {
  return (
    <div className="fields">
      {FIELDS[stage].map(field => {
        const name = prefix + field.name
        return (
          <OptionField
            key={name}
            field={field}
            name={name}
            wrong={wrong[`options.${name}`] ?? wrong[name] ?? ''}
          />
        )
      })}
    </div>
  )
}

function OptionField({ field, name, wrong }: { field: Field; name: string; wrong: string }) {
  const id = useId()
  const notes = wrong ? `${id}-wrong` : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{word('option', field.name)}</label>
      <Control field={field} id={id} name={name} notes={notes} />
      {wrong && (
        <p id={`${id}-wrong`} className="wrong">
          {wrong}
        </p>
      )}
    </div>
  )
}

type ControlProps = { field: Field; id: string; name: string; notes: string | undefined }

function Control({ field, id, name, notes }: ControlProps) {
  const common = { id, name, 'aria-describedby': notes, 'aria-invalid': notes !== undefined }
  if (field.type === 'choice')
    return (
      <select {...common} defaultValue={field.initial}>
        {field.choices.map(choice => (
          <option key={choice} value={choice}>
            {word('choice', choice)}
          </option>
        ))}
      </select>
    )
  if (field.type === 'model')
    return (
      <input
        {...common}
        defaultValue={field.initial}
        spellCheck={false}
        autoCapitalize="none"
        title={t('option.model.hint')}
      />
    )
  if (field.type === 'text')
    return (
      <input {...common} defaultValue={field.initial} spellCheck={false} autoCapitalize="none" />
    )
  return (
    <input
      {...common}
      inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
      defaultValue={field.initial ?? ''}
      placeholder={field.initial === null ? t(whenEmpty(field.name)) : ''}
    />
  )
}
