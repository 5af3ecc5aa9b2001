/** The newest report of the project, and a new one when there is none. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { usePlace } from '../../../app/session'
import { type ReportState, reportApi } from '../../../core/reportApi'

const LOOK_AGAIN_MS = 1500

export const isBeingMade = (state: ReportState | undefined): boolean =>
  state?.job?.state === 'queued' || state?.job?.state === 'running'

/** `rubric`: whose figures; null: of the newest version that somebody has rated under. */
export function useReport(rubric: number | null = null) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const state = useQuery({
    queryKey: ['report', slug, rubric],
    queryFn: () => reportApi.state(slug, rubric),
    placeholderData: before => before,
    refetchInterval: ({ state: { data } }) => (isBeingMade(data) ? LOOK_AGAIN_MS : false),
  })
  const renewing = useMutation({
    mutationFn: () => reportApi.renew(slug),
    onSuccess: after => {
      queries.setQueryData(['report', slug, null], after)
      return queries.invalidateQueries({ queryKey: ['report', slug] })
    },
  })
  // Who comes first need not ask: there is nothing else to see.
  const asked = useRef(false)
  const none = state.data !== undefined && state.data.report === null && state.data.job === null
  useEffect(() => {
    if (none && !asked.current) {
      asked.current = true
      renewing.mutate()
    }
  }, [none, renewing])
  return { state, renewing }
}
