/** The five stages of a turn as steps: done, running, still to come. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { newestOf, share } from '../../core/runs'
import { type Run, type RunDetail, type Stage, TURN } from '../../core/types'
import { Icon } from '../../ui/icons'
import { Meter } from '../../ui/Meter'
import { RunBadge, StateBadge } from '../../ui/RunBadge'
import { Section } from './Section'
import { Took } from './Took'

export function TurnStages({ turn }: { turn: RunDetail }) {
  const stages = [...turn.stages].sort((one, other) => other.id - one.id)
  return (
    <Section title={t('run.stages')}>
      <ol className="stepper">
        {TURN.map((stage, index) => (
          <Step key={stage} stage={stage} number={index + 1} run={newestOf(stages, stage)} />
        ))}
      </ol>
    </Section>
  )
}

type StepProps = { stage: Stage; number: number; run: Run | undefined }

function Step({ stage, number, run }: StepProps) {
  const { slug } = usePlace()
  const state = run?.state ?? 'pending'
  return (
    <li
      className={`stepper-step step-${state}`}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <span className="stepper-mark" aria-hidden="true">
        {state === 'succeeded' ? <Icon name="check" size={16} /> : number}
      </span>
      <div className="stepper-text">
        {run ? (
          <Link href={`/p/${slug}/runs/${run.id}`}>{word('kind', stage)}</Link>
        ) : (
          <span>{word('kind', stage)}</span>
        )}
        <span className="stepper-state">
          {run ? <RunBadge run={run} /> : <StateBadge state="pending" />}
          {run && (
            <span className="muted">
              <Took run={run} />
            </span>
          )}
        </span>
        {run?.state === 'running' && (
          <>
            <Meter value={share(run)} label={word('kind', stage)} />
            <span className="muted step-message">{run.progress.message}</span>
          </>
        )}
      </div>
    </li>
  )
}
