/** Username and password, and what is wrong with them. */

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../core/api'
import { chooseLanguage } from '../core/languages'
import { language, t } from '../core/messages'
import { problemOf } from '../core/problem'
import type { Session } from '../core/types'
import { explain } from '../ui/Notice'
import { PasswordField } from './PasswordField'
import { SESSION } from './session'

type Props = { username?: string; onDone?: (session: Session) => void }

export function SignInForm({ username = '', onDone }: Props) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const id = useId()

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setWrong('')
    try {
      const session = await signInWithToken(
        String(form.get('username')),
        String(form.get('password')),
      )
      if (speaksAnother(session)) return window.location.reload()
      queries.setQueryData(SESSION, session)
      onDone?.(session)
    } catch (error) {
      setWrong(explain(problemOf(error)).title)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className="sign-in" onSubmit={signIn}>
      <div className="field">
        <label htmlFor={`${id}-username`}>{t('login.username')}</label>
        <input
          id={`${id}-username`}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={username}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
        />
      </div>
      <PasswordField
        label={t('login.password')}
        name="password"
        autoComplete="current-password"
        describedBy={wrong ? `${id}-wrong` : undefined}
      />
      <p id={`${id}-wrong`} className="wrong" role="alert">
        {wrong}
      </p>
      <button type="submit" className="button primary large" aria-disabled={busy}>
        {busy ? t('login.busy') : t('login.submit')}
      </button>
    </form>
  )
}

/** A page that has been open for long may have lost the cookie that guards the form; get it anew. */
async function signInWithToken(username: string, password: string): Promise<Session> {
  await api.session()
  return api.signIn(username, password)
}

/** Who signs in may want another language than the page has spoken so far. */
const speaksAnother = ({ user }: Session): boolean =>
  Boolean(user?.language) && chooseLanguage({ profile: user?.language ?? '' }) !== language()
