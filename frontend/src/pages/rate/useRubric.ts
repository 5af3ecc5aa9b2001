/** The rubric that something was lent with, or the present one. A version never changes. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { language } from '../../core/messages'
import type { Claim } from '../../core/ratingTypes'

export function useRubric(claim: Pick<Claim, 'protocol'> | null) {
  const { slug } = usePlace()
  const version = claim?.protocol.rubric_version ?? null
  return useQuery({
    queryKey: ['rubric', slug, version],
    queryFn: () => api.rubric(slug, version, language()),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
