/** The stages in their order, each with its newest run and the way to a new one. */

import { useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { t, word } from '../../core/messages'
import { newestOf } from '../../core/runs'
import { type Run, STAGES, type Stage } from '../../core/types'
import { RunBadge, StateBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { RequestRun } from './RequestRun'
import { useLatestRuns } from './useLatestRuns'

const LABELS = {
  caption: 'runs.run.caption',
  scorer: 'runs.retrain',
  score: 'runs.run.score',
  select: 'runs.run.select',
  finetune: 'runs.run.finetune',
  evaluate: 'runs.run.evaluate',
} as const satisfies Record<Stage, string>

export function StageCards() {
  const id = useId()
  const { roles } = usePlace()
  const { data: runs = [] } = useLatestRuns()
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
            <Newest run={newestOf(runs, stage)} />
            {mayRun(roles) && <RequestRun kind={stage} label={t(LABELS[stage])} />}
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
