/** A session that ended asks for a login over the page, which stays as it is. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { signedOut } from '../core/client'
import { t } from '../core/messages'
import type { Session } from '../core/types'
import { Modal } from '../ui/Modal'
import { SignInForm } from './SignInForm'
import { SESSION, useSignedIn } from './session'

export function SignInAgain() {
  const { user, sendNow } = useSignedIn()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  useEffect(() => signedOut.listen(() => setAsked(true)), [])
  if (!asked) return null

  const done = (session: Session) => {
    setAsked(false)
    // Somebody else: nothing of the page before is theirs.
    if (session.user?.id !== user.id) return window.location.assign('/')
    sendNow()
    queries.invalidateQueries({ predicate: query => query.queryKey[0] !== SESSION[0] })
  }
  return (
    <Modal title={t('login.again.title')}>
      <p className="modal-text">{t('login.again.text')}</p>
      <SignInForm username={user.username} onDone={done} />
    </Modal>
  )
}
