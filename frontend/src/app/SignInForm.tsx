/** Username and password, and what is wrong with them. */

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../core/api'
import { t } from '../core/messages'
import { problemOf } from '../core/problem'
import type { Session } from '../core/types'
import { explain } from '../ui/Notice'
import { SESSION } from './session'

type Props = { username?: string; onDone?: (session: Session) => void }

export function SignInForm({ username = '', onDone }: Props) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const [shown, setShown] = useState(false)
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
      <div className="field">
        <label htmlFor={`${id}-password`}>{t('login.password')}</label>
        <div className="with-button">
          <input
            id={`${id}-password`}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            required
            aria-describedby={wrong ? `${id}-wrong` : undefined}
          />
          <button
            type="button"
            className="button quiet small"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('login.hide') : t('login.show')}
          </button>
        </div>
      </div>
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
