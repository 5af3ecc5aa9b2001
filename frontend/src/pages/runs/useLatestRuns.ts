/** The newest runs of the project, asked for more often while one is at work. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { isOver } from '../../core/runs'

const BUSY = 2_000
const CALM = 20_000

export function useLatestRuns() {
  const { slug } = usePlace()
  return useQuery({
    queryKey: ['runs', slug, 'latest'],
    queryFn: async () => (await api.runs(slug, null)).results,
    refetchInterval: ({ state }) => (state.data?.some(run => !isOver(run.state)) ? BUSY : CALM),
  })
}
