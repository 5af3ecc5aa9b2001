/** How far the project has come, when it may be done, and what is behind. */

import { useId } from 'react'
import { csvLink, toCsv } from '../../../core/csv'
import { count, day, decimal, percent } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { ProgressReport, QualityReport } from '../../../core/reportApi'
import { Meter } from '../../../ui/Meter'
import { Empty } from '../../../ui/Notice'
import { StackingTable } from '../../../ui/StackingTable'
import { BurnUp } from './BurnUp'
import { ReportFrame } from './ReportFrame'

export function ProgressTab() {
  return <ReportFrame>{report => <Parts report={report} />}</ReportFrame>
}

function Parts({ report }: { report: QualityReport }) {
  const { progress } = report
  if (!progress) return <Empty title={t('report.older')} hint={t('report.older.hint')} />
  return (
    <>
      <Forecast progress={progress} />
      <BurnUp progress={progress} madeAt={report.made_at} />
      <Groups
        title={t('forecast.captioners')}
        file={`progress-captioners-${report.id}.csv`}
        rows={progress.captioners}
      />
      <Groups
        title={t('forecast.tiers')}
        file={`progress-urgency-${report.id}.csv`}
        rows={progress.tiers.map(({ tier, ...rest }) => ({
          ...rest,
          name: word('queue.tier', String(tier)),
        }))}
      />
    </>
  )
}

function Forecast({ progress }: { progress: ProgressReport }) {
  const id = useId()
  const { items, finished, ratings, remaining, forecast } = progress
  const share = items > 0 ? finished / items : 0
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('forecast.title')}</h2>
      </header>
      <div className="progress-hero">
        <strong className="big-figure">{percent(share)}</strong>
        <span>{t('overview.finished', { finished, items })}</span>
      </div>
      <Meter value={share} label={t('forecast.title')} />
      <dl className="stats">
        <div>
          <dt>{t('forecast.end')}</dt>
          <dd>{forecast.end ? day(forecast.end) : t('forecast.unknown')}</dd>
        </div>
        <div>
          <dt>{t('forecast.perDay')}</dt>
          <dd>
            {forecast.per_day === null ? t('forecast.unknown') : decimal(forecast.per_day, 1)}
          </dd>
        </div>
        <div>
          <dt>{t('forecast.ratings')}</dt>
          <dd>{count(ratings)}</dd>
        </div>
        <div>
          <dt>{t('forecast.remaining')}</dt>
          <dd>{count(remaining)}</dd>
        </div>
      </dl>
      <p className="note">{said(forecast)}</p>
    </section>
  )
}

/** The interval, and by what it was found; or why there is no estimate. */
function said({ reason, earliest, latest, window }: ProgressReport['forecast']): string {
  if (reason !== null) return word('forecast.reason', reason)
  const method = t('forecast.method', { n: window })
  if (earliest === null) return method
  const interval = latest
    ? t('forecast.interval', { earliest: day(earliest), latest: day(latest) })
    : t('forecast.openInterval', { earliest: day(earliest) })
  return `${interval} ${method}`
}

type Group = Pick<ProgressReport, 'items' | 'finished' | 'ratings' | 'remaining'> & { name: string }
type GroupsProps = { title: string; file: string; rows: readonly Group[] }

const FIGURES = ['items', 'finished', 'ratings', 'remaining'] as const

function Groups({ title, file, rows }: GroupsProps) {
  const id = useId()
  if (rows.length === 0) return null
  const csv = toCsv(
    ['name', ...FIGURES],
    rows.map(row => [row.name, ...FIGURES.map(figure => row[figure])]),
  )
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        <a className="button quiet small" href={csvLink(csv)} download={file}>
          {t('report.download')}
          <span className="hidden"> {title}</span>
        </a>
      </header>
      <StackingTable caption={title}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.column.name')}</th>
            <th scope="col">{t('forecast.column.share')}</th>
            {FIGURES.map(figure => (
              <th key={figure} scope="col" className="number">
                {word('forecast.column', figure)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td data-label={t('forecast.column.share')}>
                <Meter
                  value={row.items > 0 ? row.finished / row.items : 0}
                  label={t('forecast.of', { name: row.name })}
                />
              </td>
              {FIGURES.map(figure => (
                <td key={figure} className="number" data-label={word('forecast.column', figure)}>
                  {count(row[figure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </StackingTable>
    </section>
  )
}
