/** What to freeze: filters, split and instant, with a count that follows them. */

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { type FreezeForm, leavesTraining, toggled, USUAL, wantedOf } from '../../core/snapshotForm'
import { snapshotsApi } from '../../core/snapshotsApi'
import { Modal } from '../../ui/Modal'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { FilterChoices } from './FilterChoices'
import { Preview } from './Preview'
import { useFreeze } from './useFreeze'

type Props = { onFrozen: (said: string) => void; onClose: () => void }

export function FreezeDialog({ onFrozen, onClose }: Props) {
  const { slug } = usePlace()
  const [form, setForm] = useState(USUAL)
  const change = (part: Partial<FreezeForm>) => setForm({ ...form, ...part })
  const choices = useQuery({
    queryKey: ['snapshot-choices', slug],
    queryFn: () => snapshotsApi.choices(slug),
  })
  const freeze = useFreeze(slug, said => {
    onFrozen(said)
    onClose()
  })
  const valid = leavesTraining(form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (valid && !freeze.isPending) freeze.mutate(wantedOf(form))
  }
  return (
    <Modal title={t('snapshots.freeze')} onClose={onClose} wide>
      <form className="freeze-form" onSubmit={submit}>
        {choices.data ? (
          <FilterChoices
            choices={choices.data}
            form={form}
            onToggle={(name, value) => setForm(toggled(form, name, value))}
          />
        ) : choices.error ? (
          <Failure error={choices.error} retry={choices.refetch} />
        ) : (
          <Skeleton lines={3} />
        )}
        <Narrower form={form} onChange={change} />
        <Split form={form} onChange={change} valid={valid} />
        <Preview slug={slug} wanted={wantedOf(form)} />
        {freeze.error && <Banner tone="bad">{explain(problemOf(freeze.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={freeze.isPending}>
            {freeze.isPending ? t('snapshots.freezing') : t('snapshots.freeze.now')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

type PartProps = { form: FreezeForm; onChange: (part: Partial<FreezeForm>) => void }

function Narrower({ form, onChange }: PartProps) {
  const id = useId()
  const date = (name: 'since' | 'until' | 'asOf', label: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        type="datetime-local"
        value={form[name]}
        onChange={event => onChange({ [name]: event.target.value })}
      />
    </div>
  )
  return (
    <div className="freeze-grid">
      <div className="field">
        <label htmlFor={`${id}-minimum`}>{t('snapshots.filter.minimum_ratings')}</label>
        <input
          id={`${id}-minimum`}
          type="number"
          required
          min={0}
          max={1000}
          value={form.minimum}
          onChange={event => onChange({ minimum: event.target.value })}
        />
      </div>
      {date('since', t('snapshots.filter.since'))}
      {date('until', t('snapshots.filter.until'))}
      {date('asOf', t('snapshots.asOf'))}
      <label className="choice">
        <input
          type="checkbox"
          checked={!form.late}
          onChange={event => onChange({ late: !event.target.checked })}
        />
        <span>{t('snapshots.withoutLate')}</span>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={!form.flagged}
          onChange={event => onChange({ flagged: !event.target.checked })}
        />
        <span>{t('snapshots.withoutFlagged')}</span>
      </label>
    </div>
  )
}

function Split({ form, onChange, valid }: PartProps & { valid: boolean }) {
  const id = useId()
  const share = (name: 'validation' | 'test') => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{t(`snapshots.share.${name}`)}</label>
      <input
        id={`${id}-${name}`}
        type="number"
        required
        min={0}
        max={98}
        value={form[name]}
        onChange={event => onChange({ [name]: event.target.value })}
      />
    </div>
  )
  return (
    <details className="nested">
      <summary>{t('snapshots.split')}</summary>
      <div className="freeze-grid">
        {share('validation')}
        {share('test')}
        <div className="field">
          <label htmlFor={`${id}-salt`}>{t('snapshots.salt')}</label>
          <input
            id={`${id}-salt`}
            maxLength={100}
            aria-describedby={`${id}-hint`}
            value={form.salt}
            onChange={event => onChange({ salt: event.target.value })}
          />
        </div>
      </div>
      <p id={`${id}-hint`} className="muted">
        {t('snapshots.salt.hint')}
      </p>
      <p className="wrong" role="alert">
        {!valid && t('snapshots.share.tooLarge')}
      </p>
    </details>
  )
}
