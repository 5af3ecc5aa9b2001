/** One run: how it goes, what it found, where it came from, what it left. */

import { usePlace } from '../../app/session'
import { duration } from '../../core/format'
import { t, word } from '../../core/messages'
import { elapsed, isOver, share } from '../../core/runs'
import type { RunDetail, Series } from '../../core/types'
import { Curve } from '../../ui/chart/Curve'
import { Meter } from '../../ui/Meter'
import { Banner, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { RunBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { useNow } from '../../ui/useNow'
import { Artifacts, Config, Lineage } from './About'
import { CancelRun } from './CancelRun'
import { EnvironmentOfRun } from './EnvironmentOfRun'
import { PromoteRun } from './PromoteRun'
import { RepeatRun } from './RepeatRun'
import { Reproduction } from './Reproduction'
import { Result } from './Result'
import { Section } from './Section'
import { TurnStages } from './TurnStages'
import { useLiveRun } from './useLiveRun'

export function RunPage({ run: id }: { run: number }) {
  const { name } = usePlace()
  const { run, series, live } = useLiveRun(id)
  if (!run.data)
    return (
      <Page title={t('run.title', { kind: t('runs.column.run'), id: String(id) })} project={name}>
        {run.error ? (
          <Failure error={run.error} retry={() => run.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Page>
    )
  const title = t('run.title', { kind: word('kind', run.data.kind), id: String(id) })
  return (
    <Page
      title={title}
      project={name}
      lead={<Lead run={run.data} live={live} />}
      actions={
        <>
          <PromoteRun run={run.data} />
          <RepeatRun run={run.data} />
          <CancelRun run={run.data} />
        </>
      }
    >
      <State run={run.data} />
      <Reproduction run={run.data} />
      {run.data.kind === 'turn' && <TurnStages turn={run.data} />}
      <div className="run-columns">
        <div className="run-main">
          <Result run={run.data} />
          {run.data.kind !== 'turn' && <Curves run={run.data} series={series} />}
        </div>
        <div className="run-aside">
          <Lineage run={run.data} />
          <Config run={run.data} />
          <EnvironmentOfRun run={run.data} />
          {run.data.kind !== 'turn' && <Artifacts run={run.data} />}
        </div>
      </div>
    </Page>
  )
}

function Lead({ run, live }: { run: RunDetail; live: boolean }) {
  const now = useNow(run.state === 'running' ? 1 : null)
  const seconds = elapsed(run, now)
  const over = isOver(run.state)
  return (
    <p className="run-lead">
      <RunBadge run={run} />
      <span>
        {t('runs.column.when')} <Ago iso={run.requested_at} />
        {run.requested_by ? ` · ${run.requested_by}` : ''}
      </span>
      {seconds !== null && (
        <span>
          {over
            ? t('run.took', { duration: duration(seconds) })
            : t('run.since', { duration: duration(seconds) })}
        </span>
      )}
      {run.attempt > 1 && <span>{t('run.attempt', { n: run.attempt })}</span>}
      {!over && (
        <span className={live ? 'live' : 'muted'}>{live ? t('run.live') : t('run.polling')}</span>
      )}
    </p>
  )
}

function State({ run }: { run: RunDetail }) {
  if (run.state === 'failed')
    return (
      <Banner tone="bad" title={t('run.error')}>
        <p className="error-detail">{run.error_detail}</p>
        {run.error_code && <code>{run.error_code}</code>}
      </Banner>
    )
  if (run.state === 'cancelled')
    return (
      <Banner tone="plain" title={t('run.cancelled')}>
        {run.error_detail && <p>{run.error_detail}</p>}
      </Banner>
    )
  if (isOver(run.state)) return null
  const { done, total, message } = run.progress
  return (
    <div className="run-progress">
      <Meter value={run.state === 'queued' ? 0 : share(run)} label={t('run.progress')} />
      <p className="muted">{message || (total > 0 && t('run.progress.of', { done, total }))}</p>
      {run.parts && run.parts.workers > 1 && (
        <p className="muted">
          {t('run.parts', {
            n: run.parts.done,
            total: run.parts.total,
            workers: run.parts.workers,
          })}
        </p>
      )}
    </div>
  )
}

const FIRST = ['loss', 'validation_srcc']

function Curves({ run, series }: { run: RunDetail; series: Series }) {
  const names = Object.keys(series).sort(
    (one, other) => rank(one) - rank(other) || one.localeCompare(other),
  )
  const learns = run.kind === 'scorer' || run.kind === 'finetune'
  if (names.length === 0 && (!learns || isOver(run.state))) return null
  return (
    <Section title={t('run.curves')}>
      {names.length === 0 && <p className="muted">{t('run.curves.none')}</p>}
      {names.map(name => (
        <Curve
          key={name}
          title={word('metric', name)}
          points={series[name] ?? []}
          xLabel={t('run.curve.step')}
          yLabel={word('metric', name)}
          latest
        />
      ))}
    </Section>
  )
}

const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
