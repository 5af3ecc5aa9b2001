/** Making a webhook, changing one, and its secret, which is shown once. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { usePlace } from '../../app/session'
import { dateTime } from '../../core/format'
import { t, word } from '../../core/messages'
import { fieldErrors, type Problem, problemOf } from '../../core/problem'
import { CHOICES, webhooksApi } from '../../core/webhooksApi'
import type { NewWebhook, Webhook, WebhookWithSecret } from '../../core/webhooksTypes'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { Secret } from '../../ui/Secret'

export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const making = useMutation({
    mutationFn: (wanted: NewWebhook) => webhooksApi.create(slug, wanted),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks', slug] }),
  })
  if (making.data) return <ShownSecret webhook={making.data} onClose={onClose} />
  return (
    <Modal title={t('webhook.new')} onClose={onClose}>
      <Fields
        before={{ url: '', description: '', types: [...CHOICES] }}
        label={making.isPending ? t('webhook.creating') : t('webhook.create')}
        busy={making.isPending}
        error={making.error}
        onSubmit={making.mutate}
        onClose={onClose}
      />
    </Modal>
  )
}

export function EditWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: (change: NewWebhook) => webhooksApi.change(slug, webhook.id, change),
    onSuccess: async changed => {
      queries.setQueryData(['webhook', slug, webhook.id], changed)
      onClose()
    },
  })
  return (
    <Modal title={t('webhook.edit')} onClose={onClose}>
      <Fields
        before={webhook}
        label={saving.isPending ? t('action.saving') : t('action.save')}
        busy={saving.isPending}
        error={saving.error}
        onSubmit={saving.mutate}
        onClose={onClose}
      />
    </Modal>
  )
}

type ShownProps = { webhook: WebhookWithSecret; onClose: () => void }

export function ShownSecret({ webhook, onClose }: ShownProps) {
  const until = webhook.former_secret_until
  return (
    <Modal title={t('webhook.secret.title')} onClose={onClose}>
      <div className="form">
        <Secret label={t('webhook.secret')} value={webhook.secret} />
        <p className="hint">{t('webhook.secret.once')}</p>
        {until && <p className="hint">{t('webhook.secret.overlap', { date: dateTime(until) })}</p>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.close')}
          </button>
        </footer>
      </div>
    </Modal>
  )
}

type FieldsProps = {
  before: { url: string; description: string; types: readonly string[] }
  label: string
  busy: boolean
  error: unknown
  onSubmit: (wanted: NewWebhook) => void
  onClose: () => void
}

function Fields({ before, label, busy, error, onSubmit, onClose }: FieldsProps) {
  const id = useId()
  const problem = error ? problemOf(error) : null
  const wrong = problem ? wrongUrl(problem) : ''
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    onSubmit({
      url: String(form.get('url')).trim(),
      description: String(form.get('description')).trim(),
      types: CHOICES.filter(type => form.has(type)),
    })
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}-url`}>{t('webhook.url')}</label>
        <input
          id={`${id}-url`}
          name="url"
          type="url"
          inputMode="url"
          required
          maxLength={2000}
          autoComplete="off"
          defaultValue={before.url}
          aria-invalid={wrong !== ''}
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className={wrong ? 'wrong' : 'hint'}>
          {wrong || t('webhook.url.hint')}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-description`}>{t('webhook.description')}</label>
        <input
          id={`${id}-description`}
          name="description"
          maxLength={200}
          autoComplete="off"
          defaultValue={before.description}
        />
      </div>
      <fieldset className="webhook-events">
        <legend>{t('webhook.events')}</legend>
        {CHOICES.map(type => (
          <label key={type}>
            <input type="checkbox" name={type} defaultChecked={before.types.includes(type)} />
            <span>
              {word('webhook.type', type)} <code className="muted">{type}</code>
            </span>
          </label>
        ))}
      </fieldset>
      {problem && !wrong && <Banner tone="bad">{explain(problem).title}</Banner>}
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {label}
        </button>
      </footer>
    </form>
  )
}

/** What is wrong with the address, if that is what was refused. */
function wrongUrl(problem: Problem): string {
  if (problem.type === 'address-refused') return word('webhook.problem', String(problem.reason))
  return fieldErrors(problem.errors).url ?? ''
}
