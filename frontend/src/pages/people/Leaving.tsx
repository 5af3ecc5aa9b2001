/** What is asked before somebody leaves the project, or oneself its administration. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { usePlace, useSignedIn } from '../../app/session'
import { shownName, withRole } from '../../core/members'
import { t } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Member } from '../../core/peopleTypes'
import { Confirm } from '../../ui/Confirm'
import { changeRows } from '../../ui/usePages'
import { useChange } from './useChange'

type Props = { member: Member; onClose: () => void }

export function RemoveMember({ member, onClose }: Props) {
  const { slug } = usePlace()
  const { user } = useSignedIn()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => peopleApi.removeMember(slug, member.id),
    onSuccess: () => {
      // Oneself: this project is no longer ours to look at.
      if (member.id === user.id) return window.location.assign('/')
      changeRows<Member>(queries, ['members', slug], members =>
        members.filter(one => one.id !== member.id),
      )
      onClose()
    },
  })
  return (
    <Confirm
      title={t('people.remove.title', { name: shownName(member) })}
      label={t('people.remove')}
      busy={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>{t('people.remove.text')}</p>
    </Confirm>
  )
}

export function LeaveRole({ member, onClose }: Props) {
  const change = useChange()
  const roles = withRole(member.roles, 'admin', false)
  return (
    <Confirm
      title={t('people.leave.title')}
      label={t('people.leave')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ id: member.id, change: { roles } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('people.leave.text')}</p>
    </Confirm>
  )
}
