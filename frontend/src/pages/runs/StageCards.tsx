/** The stages of the loop in their order, and what stands beside it: each with its newest run. */

import { useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { t, word } from '../../core/messages'
import { newestOf } from '../../core/runs'
import { type Run, STAGES, type Stage, TURN } from '../../core/types'
import { RunBadge, StateBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { RequestRun } from './RequestRun'
import { useLatestRuns } from './useLatestRuns'

const LABELS = {
  caption: 'runs.run.caption',
  distill: 'runs.run.distill',
  scorer: 'runs.retrain',
  score: 'runs.run.score',
  select: 'runs.run.select',
  finetune: 'runs.run.finetune',
  evaluate: 'runs.run.evaluate',
} as const satisfies Record<Stage, string>

const BESIDE = STAGES.filter(stage => !(TURN as readonly Stage[]).includes(stage))

export function StageCards() {
  const id = useId()
  const { data: runs = [] } = useLatestRuns()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="hidden">
        {t('runs.stages')}
      </h2>
      <ol className="stage-cards">
        {TURN.map(stage => (
          <li key={stage} className="stage-card">
            <Card stage={stage} runs={runs} />
          </li>
        ))}
      </ol>
      <ul className="stages-beside">
        {BESIDE.map(stage => (
          <li key={stage} className="stage-card">
            <Card stage={stage} runs={runs} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Card({ stage, runs }: { stage: Stage; runs: readonly Run[] }) {
  const { roles } = usePlace()
  return (
    <>
      <h3>{word('kind', stage)}</h3>
      <p className="muted">{word('stage', stage)}</p>
      <Newest run={newestOf(runs, stage)} />
      {mayRun(roles) && <RequestRun kind={stage} label={t(LABELS[stage])} />}
    </>
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
