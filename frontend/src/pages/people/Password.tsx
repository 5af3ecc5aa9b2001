/** A new password for the old one. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef } from 'react'
import { PasswordField } from '../../app/PasswordField'
import { t } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import { problemOf } from '../../core/problem'
import { Banner, explain } from '../../ui/Notice'

export function Password({ username }: { username: string }) {
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const queries = useQueryClient()
  const changing = useMutation({
    mutationFn: ({ old, wanted }: { old: string; wanted: string }) =>
      peopleApi.changePassword(old, wanted),
    onSuccess: () => {
      form.current?.reset()
      // They ended with the old password.
      queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  const change = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (changing.isPending) return
    const given = new FormData(event.currentTarget)
    changing.mutate({ old: String(given.get('old')), wanted: String(given.get('new')) })
  }
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('profile.password')}</h2>
      </header>
      <form ref={form} className="form" onSubmit={change}>
        {/* So that password managers know whose it is. */}
        <div className="hidden">
          <input
            name="username"
            autoComplete="username"
            value={username}
            readOnly
            tabIndex={-1}
            aria-label={t('login.username')}
          />
        </div>
        <PasswordField
          label={t('profile.password.old')}
          name="old"
          autoComplete="current-password"
        />
        <PasswordField
          label={t('profile.password.new')}
          name="new"
          autoComplete="new-password"
          hint={t('profile.password.hint')}
        />
        {changing.error && <Banner tone="bad">{explain(problemOf(changing.error)).title}</Banner>}
        <div role="status">
          {changing.isSuccess && <Banner tone="good">{t('profile.password.changed')}</Banner>}
        </div>
        <div className="form-foot">
          <button type="submit" className="button" aria-disabled={changing.isPending}>
            {changing.isPending ? t('action.saving') : t('profile.password.change')}
          </button>
        </div>
      </form>
    </section>
  )
}
