/** A password that may be looked at while it is typed. */

import { useId, useState } from 'react'
import { t } from '../core/messages'

type Props = {
  label: string
  name: string
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  describedBy?: string | undefined
}

export function PasswordField({ label, name, autoComplete, hint, describedBy }: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const notes = [hint && `${id}-hint`, describedBy].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="with-button">
        <input
          id={id}
          name={name}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          required
          aria-describedby={notes || undefined}
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
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
