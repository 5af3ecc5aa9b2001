/** The newest report of the project, and a new one when there is none. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { usePlace } from '../../../app/session'
import { type ReportState, reportApi } from '../../../core/reportApi'

const LOOK_AGAIN_MS = 1500

export const isBeingMade = (state: ReportState | undefined): boolean =>
  state?.job?.state === 'queued' || state?.job?.state === 'running'

export function useReport() {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const key = ['report', slug]
  const state = useQuery({
    queryKey: key,
    queryFn: () => reportApi.state(slug),
    refetchInterval: ({ state: { data } }) => (isBeingMade(data) ? LOOK_AGAIN_MS : false),
  })
  const renewing = useMutation({
    mutationFn: () => reportApi.renew(slug),
    onSuccess: after => queries.setQueryData(key, after),
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
