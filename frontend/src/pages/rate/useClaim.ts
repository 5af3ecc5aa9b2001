/** The item that is ours to rate. A reload gets the same one, until it is done. */

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useSignedIn } from '../../app/session'
import { api } from '../../core/api'

export function useClaim(slug: string) {
  const { outbox } = useSignedIn()
  const { data, error, refetch } = useQuery({
    queryKey: ['claim', slug],
    // What is still on its way comes first, or the server would give us the same item again.
    queryFn: async () => {
      await outbox.deliver()
      return api.claim(slug)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const next = useCallback(async () => {
    await refetch()
  }, [refetch])
  return { data, error, next }
}
