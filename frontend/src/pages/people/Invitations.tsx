/** Who was invited as what, and what became of it. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Invitation } from '../../core/peopleTypes'
import { Confirm } from '../../ui/Confirm'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'

export function Invitations() {
  const id = useId()
  const { slug } = usePlace()
  const query = usePages({
    key: ['invitations', slug],
    load: cursor => peopleApi.invitations(slug, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('invite.title')}</h2>
      </header>
      <Loaded query={query} lines={3}>
        {invitations => <Listed invitations={invitations} />}
      </Loaded>
    </section>
  )
}

function Listed({ invitations }: { invitations: readonly Invitation[] }) {
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  if (invitations.length === 0) return <p className="muted">{t('invite.empty')}</p>
  return (
    <>
      <StackingTable caption={t('invite.title')}>
        <thead>
          <tr>
            <th scope="col">{t('invite.column.for')}</th>
            <th scope="col">{t('invite.column.role')}</th>
            <th scope="col">{t('invite.column.state')}</th>
            <th scope="col">{t('invite.column.by')}</th>
            <th scope="col">{t('people.column.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {invitations.map(one => (
            <Row key={one.id} one={one} onRevoke={() => setRevoking(one)} />
          ))}
        </tbody>
      </StackingTable>
      {revoking && <Revoke one={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

const BADGES = { open: 'queued', accepted: 'succeeded', expired: 'cancelled', revoked: 'cancelled' }

function Row({ one, onRevoke }: { one: Invitation; onRevoke: () => void }) {
  const { role, email, made_by, made_at, expires_at, state, accepted_by } = one
  return (
    <tr>
      <th scope="row">{accepted_by ?? (email || t('invite.anybody'))}</th>
      <td data-label={t('invite.column.role')}>{word('role', role)}</td>
      <td data-label={t('invite.column.state')}>
        <span className={`badge badge-${BADGES[state] ?? 'pending'}`}>
          <span className="badge-dot" aria-hidden="true" />
          {word('invite.state', state)}
        </span>
        {state === 'open' && (
          <span className="muted part">
            {t('invite.ends')} <Ago iso={expires_at} />
          </span>
        )}
      </td>
      <td data-label={t('invite.column.by')}>
        {made_by}
        <span className="muted part">
          <Ago iso={made_at} />
        </span>
      </td>
      <td className="row-end">
        {state === 'open' && (
          <button type="button" className="button quiet danger" onClick={onRevoke}>
            {t('invite.revoke')}
            <span className="hidden"> {email}</span>
          </button>
        )}
      </td>
    </tr>
  )
}

function Revoke({ one, onClose }: { one: Invitation; onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => peopleApi.revokeInvitation(slug, one.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['invitations', slug] }),
    onSuccess: onClose,
  })
  return (
    <Confirm
      title={t('invite.revoke.title')}
      label={t('invite.revoke')}
      busy={revoking.isPending}
      error={revoking.error}
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
    >
      <p>{t('invite.revoke.text')}</p>
    </Confirm>
  )
}
