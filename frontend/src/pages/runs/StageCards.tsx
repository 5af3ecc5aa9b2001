/** The five stages in their order, each with its newest run and the way to a new one. */

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import { isOver, newestOf } from '../../core/runs'
import { type Run, STAGES, type Stage } from '../../core/types'
import { RunBadge, StateBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { RequestRun } from './RequestRun'

const LABELS: Record<Stage, string> = {
  scorer: t('runs.retrain'),
  score: t('runs.run.score'),
  select: t('runs.run.select'),
  finetune: t('runs.run.finetune'),
  evaluate: t('runs.run.evaluate'),
}

export function StageCards() {
  const id = useId()
  const { slug, roles } = usePlace()
  const { data } = useQuery({
    queryKey: ['runs', slug, 'latest'],
    queryFn: () => api.runs(slug, null),
    refetchInterval: ({ state }) =>
      state.data?.results.some(run => !isOver(run.state)) ? 2_000 : 20_000,
  })
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="hidden">
        {t('runs.stages')}
      </h2>
      <ol className="stage-cards">
        {STAGES.map(stage => (
          <li key={stage} className="stage-card">
            <h3>{word('kind', stage)}</h3>
            <p className="muted">{word('stage', stage)}</p>
            <Newest run={newestOf(data?.results ?? [], stage)} />
            {mayRun(roles) && <RequestRun kind={stage} label={LABELS[stage]} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Newest({ run }: { run: Run | undefined }) {
  const { slug } = usePlace()
  if (!run)
    return (
      <p className="newest">
        <StateBadge state="pending" />
      </p>
    )
  return (
    <p className="newest">
      <RunBadge run={run} />
      <Link href={`/p/${slug}/runs/${run.id}`}>#{run.id}</Link>
      <span className="muted">
        <Ago iso={run.requested_at} />
      </span>
    </p>
  )
}
