/** Invite somebody: as what, for how long; then the link, this once. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { usePlace } from '../../app/session'
import { day } from '../../core/format'
import { ROLES } from '../../core/members'
import { t, word } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { NewInvitation, Wanted } from '../../core/peopleTypes'
import { fieldErrors, problemOf } from '../../core/problem'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { Secret } from '../../ui/Secret'

const DAYS = 7
const MOST_DAYS = 60

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const inviting = useMutation({
    mutationFn: (wanted: Wanted) => peopleApi.invite(slug, wanted),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations', slug] }),
  })
  return (
    <Modal title={inviting.data ? t('invite.made') : t('invite.open')} onClose={onClose}>
      {inviting.data ? (
        <Made invitation={inviting.data} onClose={onClose} />
      ) : (
        <Form
          busy={inviting.isPending}
          error={inviting.error}
          onInvite={inviting.mutate}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

type FormProps = {
  busy: boolean
  error: unknown
  onInvite: (wanted: Wanted) => void
  onClose: () => void
}

function Form({ busy, error, onInvite, onClose }: FormProps) {
  const id = useId()
  const problem = error ? problemOf(error) : null
  const wrong = fieldErrors(problem?.errors)
  const invite = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    const role = ROLES.find(one => one === form.get('role')) ?? 'annotator'
    onInvite({ role, email: String(form.get('email')).trim(), days: Number(form.get('days')) })
  }
  return (
    <form className="form" onSubmit={invite}>
      <fieldset className="choices">
        <legend>{t('invite.role')}</legend>
        {ROLES.map(role => (
          <label key={role} className="choice">
            <input type="radio" name="role" value={role} defaultChecked={role === 'annotator'} />
            <span>
              <strong>{word('role', role)}</strong>
              <span className="muted">{word('invite.may', role)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-email`}>{t('invite.email')}</label>
        <input
          id={`${id}-email`}
          name="email"
          type="email"
          autoComplete="off"
          maxLength={254}
          aria-invalid={Boolean(wrong.email)}
          aria-describedby={`${id}-email-hint`}
        />
        <p id={`${id}-email-hint`} className={wrong.email ? 'wrong' : 'hint'}>
          {wrong.email ?? t('invite.email.hint')}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-days`}>{t('invite.days')}</label>
        <input
          id={`${id}-days`}
          name="days"
          type="number"
          min={1}
          max={MOST_DAYS}
          defaultValue={DAYS}
          required
        />
      </div>
      {problem && !wrong.email && <Banner tone="bad">{explain(problem).title}</Banner>}
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="button primary" aria-disabled={busy}>
          {busy ? t('invite.making') : t('invite.make')}
        </button>
      </footer>
    </form>
  )
}

function Made({ invitation, onClose }: { invitation: NewInvitation; onClose: () => void }) {
  const { role, email, link, sent, expires_at } = invitation
  return (
    <div className="form">
      <p>{t('invite.made.text', { role: word('role', role), date: day(expires_at) })}</p>
      <Secret label={t('invite.link')} value={link} />
      <p className="hint">{t('invite.link.once')}</p>
      {email &&
        (sent ? (
          <Banner tone="good">{t('invite.sent', { email })}</Banner>
        ) : (
          <Banner tone="warn">{t('invite.notSent', { email })}</Banner>
        ))}
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('action.close')}
        </button>
      </footer>
    </div>
  )
}
