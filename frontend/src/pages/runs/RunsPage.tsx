/** All runs, and the five stages from which new ones begin. */

import { useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import { isOver, share } from '../../core/runs'
import { type Kind, type Run, STAGES } from '../../core/types'
import { LoadMore } from '../../ui/LoadMore'
import { Meter } from '../../ui/Meter'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { RunBadge } from '../../ui/RunBadge'
import { Table } from '../../ui/Table'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { RequestRun } from './RequestRun'
import { StageCards } from './StageCards'
import { Took } from './Took'

const BUSY = 2_000
const CALM = 20_000
const KINDS: readonly Kind[] = ['turn', ...STAGES]

export function RunsPage() {
  const { slug, name, roles } = usePlace()
  const [kind, setKind] = useState<Kind | undefined>()
  const runs = usePages({
    key: ['runs', slug, 'list', kind ?? 'all'],
    load: cursor => api.runs(slug, cursor, kind),
    every: rows => (rows.some(run => !isOver(run.state)) ? BUSY : CALM),
  })
  return (
    <Page
      title={t('runs.title')}
      project={name}
      actions={mayRun(roles) && <RequestRun kind="turn" label={t('runs.turn')} primary />}
    >
      <StageCards />
      <div className="list-head">
        <label className="inline-field">
          <span>{t('runs.filter')}</span>
          <select
            value={kind ?? ''}
            onChange={event => setKind(KINDS.find(one => one === event.target.value))}
          >
            <option value="">{t('runs.filter.all')}</option>
            {KINDS.map(one => (
              <option key={one} value={one}>
                {word('kind', one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {runs.rows ? (
        <Rows runs={runs.rows} />
      ) : runs.error ? (
        <Failure error={runs.error} retry={() => runs.refetch()} />
      ) : (
        <Skeleton lines={6} tall />
      )}
      <LoadMore query={runs} />
    </Page>
  )
}

function Rows({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0)
    return <Empty icon="turn" title={t('runs.empty')} hint={t('runs.empty.hint')} />
  return (
    <div className="panel flush">
      <Table caption={t('runs.title')}>
        <thead>
          <tr>
            <th scope="col">{t('runs.column.run')}</th>
            <th scope="col">{t('runs.column.state')}</th>
            <th scope="col">{t('runs.column.progress')}</th>
            <th scope="col">{t('runs.column.when')}</th>
            <th scope="col" className="number">
              {t('runs.column.duration')}
            </th>
            <th scope="col">{t('runs.column.by')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(run => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function Row({ run }: { run: Run }) {
  const { slug } = usePlace()
  return (
    <tr data-part={run.turn !== null || undefined}>
      <th scope="row">
        <Link className="run-link" href={`/p/${slug}/runs/${run.id}`}>
          {t('runs.number', { kind: word('kind', run.kind), id: String(run.id) })}
        </Link>
        {run.turn !== null && (
          <span className="muted part">{t('runs.partOf', { id: String(run.turn) })}</span>
        )}
      </th>
      <td>
        <RunBadge run={run} />
      </td>
      <td className="progress-cell">
        <ProgressCell run={run} />
      </td>
      <td>
        <Ago iso={run.requested_at} />
      </td>
      <td className="number">
        <Took run={run} />
      </td>
      <td>{run.requested_by ?? t('runs.scheduled')}</td>
    </tr>
  )
}

function ProgressCell({ run }: { run: Run }) {
  if (run.state === 'failed') return <span className="wrong one-line">{run.error_detail}</span>
  if (run.state !== 'running') return null
  return (
    <>
      <Meter value={share(run)} label={t('run.progress')} />
      <span className="muted one-line">{run.progress.message}</span>
    </>
  )
}
