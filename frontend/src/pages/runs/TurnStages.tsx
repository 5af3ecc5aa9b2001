/** The stages of a turn as steps: given to it, done, running, still to come. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { newestOf, share, stagesOf } from '../../core/runs'
import type { Run, RunDetail, Stage } from '../../core/types'
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
        {stagesOf(turn).map((stage, index) => (
          <Step
            key={stage}
            stage={stage}
            number={index + 1}
            run={newestOf(stages, stage)}
            given={turn.parents.find(({ kind }) => kind === stage)}
          />
        ))}
      </ol>
    </Section>
  )
}

type StepProps = {
  stage: Stage
  number: number
  run: Run | undefined
  /** The scorer that the turn began with. */
  given: RunDetail['parents'][number] | undefined
}

function Step({ stage, number, run, given }: StepProps) {
  const { slug } = usePlace()
  const shown = run ?? given
  const state = shown?.state ?? 'pending'
  return (
    <li
      className={`stepper-step step-${state}`}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <span className="stepper-mark" aria-hidden="true">
        {state === 'succeeded' ? <Icon name="check" size={16} /> : number}
      </span>
      <div className="stepper-text">
        {shown ? (
          <Link href={`/p/${slug}/runs/${shown.id}`}>{word('kind', stage)}</Link>
        ) : (
          <span>{word('kind', stage)}</span>
        )}
        <span className="stepper-state">
          {run ? <RunBadge run={run} /> : <StateBadge state={state} />}
          {run && (
            <span className="muted">
              <Took run={run} />
            </span>
          )}
          {given && <span className="muted">{t('run.given', { id: String(given.id) })}</span>}
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
