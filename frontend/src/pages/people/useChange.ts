/** Changing what a member is, and whether they may work. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SESSION, usePlace, useSignedIn } from '../../app/session'
import { peopleApi } from '../../core/peopleApi'
import type { Member, MemberChange } from '../../core/peopleTypes'
import { changeRows } from '../../ui/usePages'

export function useChange() {
  const { slug } = usePlace()
  const { user } = useSignedIn()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: MemberChange }) =>
      peopleApi.changeMember(slug, id, change),
    onSuccess: after => {
      changeRows<Member>(queries, ['members', slug], members =>
        members.map(one => (one.id === after.id ? after : one)),
      )
      // One's own roles decide what the page shows.
      if (after.id === user.id) queries.invalidateQueries({ queryKey: SESSION })
    },
    onError: () => queries.invalidateQueries({ queryKey: ['members', slug] }),
  })
}
