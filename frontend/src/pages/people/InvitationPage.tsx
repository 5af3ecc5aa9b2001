/** Where an invitation's link leads: what it is to, and the way in. */

import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { Link } from 'wouter'
import { LanguageChoice } from '../../app/LanguageChoice'
import { PasswordField } from '../../app/PasswordField'
import { Providers } from '../../app/Providers'
import { useSession } from '../../app/session'
import { day } from '../../core/format'
import { shownName } from '../../core/members'
import { t, word } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Person, Welcome } from '../../core/peopleTypes'
import { problemOf } from '../../core/problem'
import { Mark } from '../../ui/icons'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { Heading, PageTitle } from '../../ui/Page'

export function InvitationPage({ token }: { token: string }) {
  const user = useSession().data?.user ?? null
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => peopleApi.welcome(token),
    // It is a secret, and looking at a wrong one is counted: once is enough.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const gone = invitation.error && problemOf(invitation.error).status === 404
  return (
    <main id="content" className="login" tabIndex={-1} data-inside={user !== null || undefined}>
      <PageTitle title={t('invitation.title')} />
      <div className="login-card">
        <div className="login-brand">
          <Mark />
          <div>
            <strong>{t('app.name')}</strong>
            <p>{t('app.tagline')}</p>
          </div>
        </div>
        {invitation.data ? (
          <Open token={token} welcome={invitation.data} user={user} />
        ) : gone ? (
          <Gone user={user} />
        ) : invitation.error ? (
          <Failure error={invitation.error} retry={() => invitation.refetch()} />
        ) : (
          <Skeleton lines={4} />
        )}
        {!user && <LanguageChoice />}
      </div>
    </main>
  )
}

function Gone({ user }: { user: Person | null }) {
  return (
    <>
      <Heading>{t('invitation.gone')}</Heading>
      <p className="note">{t('invitation.gone.hint')}</p>
      <Link className="button" href={user ? '/' : '/login'}>
        {user ? t('app.projects') : t('login.title')}
      </Link>
    </>
  )
}

type OpenProps = { token: string; welcome: Welcome; user: Person | null }

function Open({ token, welcome: { project, role, expires_at }, user }: OpenProps) {
  const joining = useMutation({
    mutationFn: (credentials: { username: string; password: string } | null) =>
      peopleApi.join(token, credentials),
    // A fresh load: somebody new is signed in from here on.
    onSuccess: () => window.location.assign(`/p/${encodeURIComponent(project.slug)}`),
  })
  const busy = joining.isPending || joining.isSuccess
  const wrong = joining.error ? explain(problemOf(joining.error)).title : ''
  return (
    <>
      <div className="invitation-head">
        <Heading>{t('invitation.heading', { project: project.name })}</Heading>
        <p className="note">
          {t('invitation.as', { role: word('role', role), date: day(expires_at) })}
        </p>
        <p className="note">{word('invite.may', role)}</p>
      </div>
      {user ? (
        <>
          {wrong && <Banner tone="bad">{wrong}</Banner>}
          <button
            type="button"
            className="button primary large"
            aria-disabled={busy}
            onClick={() => !busy && joining.mutate(null)}
          >
            {t('invitation.joinAs', { name: shownName(user) })}
          </button>
        </>
      ) : (
        <>
          <JoinForm busy={busy} wrong={wrong} onJoin={joining.mutate} />
          <Providers next={`/invitations/${token}`} />
          <Link className="button quiet" href={`/login?next=/invitations/${token}`}>
            {t('invitation.known')}
          </Link>
        </>
      )}
    </>
  )
}

type FormProps = {
  busy: boolean
  wrong: string
  onJoin: (credentials: { username: string; password: string }) => void
}

function JoinForm({ busy, wrong, onJoin }: FormProps) {
  const id = useId()
  const join = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    onJoin({ username: String(form.get('username')), password: String(form.get('password')) })
  }
  return (
    <form className="sign-in" onSubmit={join}>
      <div className="field">
        <label htmlFor={`${id}-username`}>{t('login.username')}</label>
        <input
          id={`${id}-username`}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={150}
          required
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="hint">
          {t('invitation.username.hint')}
        </p>
      </div>
      <PasswordField
        label={t('login.password')}
        name="password"
        autoComplete="new-password"
        hint={t('invitation.password.hint')}
        describedBy={wrong ? `${id}-wrong` : undefined}
      />
      <p id={`${id}-wrong`} className="wrong" role="alert">
        {wrong}
      </p>
      <button type="submit" className="button primary large" aria-disabled={busy}>
        {busy ? t('invitation.joining') : t('invitation.join')}
      </button>
    </form>
  )
}
