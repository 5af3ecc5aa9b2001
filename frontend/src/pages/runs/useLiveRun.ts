/** One run as it happens: by the server's events, and by asking where those do not come through. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { addPoints, type Point } from '../../core/curves'
import { isOver } from '../../core/runs'
import type { Run, RunDetail, Series } from '../../core/types'

const POLL = 4_000
/** A turn's stages have events of their own, which this page does not listen to. */
const POLL_TURN = 2_000

export function useLiveRun(id: number) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [live, setLive] = useState(false)
  const run = useQuery({
    queryKey: ['run', slug, id],
    queryFn: () => api.run(slug, id),
    refetchInterval: ({ state: { data } }) => {
      if (!data || isOver(data.state)) return false
      if (data.kind === 'turn') return POLL_TURN
      return live ? false : POLL
    },
  })
  const series = useQuery({
    queryKey: ['metrics', slug, id],
    queryFn: async () => (await api.metrics(slug, id)).series,
    refetchInterval: () => (!run.data || isOver(run.data.state) || live ? false : POLL),
  })
  const going = run.data !== undefined && !isOver(run.data.state)

  useEffect(() => {
    if (!going) return
    const events = new EventSource(api.eventsUrl(slug, id))
    const onRun = (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as Run
      queries.setQueryData<RunDetail>(['run', slug, id], before => before && { ...before, ...now })
      if (!isOver(now.state)) return
      events.close()
      for (const key of ['run', 'metrics', 'runs', 'leaderboard']) {
        queries.invalidateQueries({ queryKey: [key, slug] })
      }
    }
    const onMetric = (event: MessageEvent<string>) => {
      const points = JSON.parse(event.data) as Point[]
      queries.setQueryData<Series>(['metrics', slug, id], before => addPoints(before ?? {}, points))
    }
    events.addEventListener('run', onRun)
    events.addEventListener('metric', onMetric)
    events.onopen = () => setLive(true)
    events.onerror = () => setLive(false)
    return () => {
      events.close()
      setLive(false)
    }
  }, [going, slug, id, queries])

  return { run, series: series.data ?? {}, live: live && going }
}
