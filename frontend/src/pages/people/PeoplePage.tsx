/** Who is in the project, as what, and who was invited. */

import { useState } from 'react'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { Invitations } from './Invitations'
import { InviteDialog } from './InviteDialog'
import { Members } from './Members'

export function PeoplePage() {
  const { name } = usePlace()
  const [inviting, setInviting] = useState(false)
  return (
    <Page
      title={t('people.title')}
      project={name}
      actions={
        <button type="button" className="button primary" onClick={() => setInviting(true)}>
          {t('invite.open')}
        </button>
      }
    >
      <Members />
      <Invitations />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}
