/** The ratings that an admin sent back to oneself, looked for now and then. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { adjudicationApi, type ReturnedRating } from '../../core/adjudicationApi'

const LOOK_AGAIN_MS = 5 * 60_000

export function useReturned(): ReturnedRating[] {
  const { slug } = usePlace()
  const returned = useQuery({
    queryKey: ['returned', slug],
    queryFn: () => adjudicationApi.returned(slug),
    refetchInterval: LOOK_AGAIN_MS,
  })
  return returned.data?.results ?? []
}
