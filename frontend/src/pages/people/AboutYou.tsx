/** The name that others see, and an address to write to. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { SESSION } from '../../app/session'
import { t } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Profile, ProfileChange, Session } from '../../core/peopleTypes'
import { fieldErrors, problemOf } from '../../core/problem'
import { Banner, explain } from '../../ui/Notice'

export function AboutYou({ profile }: { profile: Profile }) {
  const id = useId()
  const saving = useSaving()
  const problem = saving.error ? problemOf(saving.error) : null
  const wrong = fieldErrors(problem?.errors)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (saving.isPending) return
    const form = new FormData(event.currentTarget)
    saving.mutate({
      display_name: String(form.get('display_name')).trim(),
      email: String(form.get('email')).trim(),
    })
  }
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('profile.about')}</h2>
      </header>
      <form className="form" onSubmit={save}>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('profile.name')}</label>
          <input
            id={`${id}-name`}
            name="display_name"
            autoComplete="name"
            maxLength={100}
            defaultValue={profile.display_name}
            placeholder={profile.username}
            aria-invalid={Boolean(wrong.display_name)}
            aria-describedby={`${id}-name-hint`}
          />
          <p id={`${id}-name-hint`} className={wrong.display_name ? 'wrong' : 'hint'}>
            {wrong.display_name ?? t('profile.name.hint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-email`}>{t('profile.email')}</label>
          <input
            id={`${id}-email`}
            name="email"
            type="email"
            autoComplete="email"
            maxLength={254}
            defaultValue={profile.email}
            aria-invalid={Boolean(wrong.email)}
            aria-describedby={`${id}-email-hint`}
          />
          <p id={`${id}-email-hint`} className={wrong.email ? 'wrong' : 'hint'}>
            {wrong.email ?? t('profile.email.hint')}
          </p>
        </div>
        {problem && Object.keys(wrong).length === 0 && (
          <Banner tone="bad">{explain(problem).title}</Banner>
        )}
        <div className="form-foot">
          <button type="submit" className="button primary" aria-disabled={saving.isPending}>
            {saving.isPending ? t('action.saving') : t('action.save')}
          </button>
          <span role="status" className="muted">
            {saving.isSuccess && t('common.saved')}
          </span>
        </div>
      </form>
    </section>
  )
}

function useSaving() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ProfileChange) => peopleApi.changeProfile(change),
    onSuccess: after => {
      queries.setQueryData(['profile'], after)
      // The header says the name too.
      queries.setQueryData<Session>(SESSION, session =>
        session?.user
          ? { ...session, user: { ...session.user, name: after.display_name } }
          : session,
      )
    },
  })
}
