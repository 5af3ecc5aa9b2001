/** Who says "not involved", beside the others; and a few captions to see for oneself. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../../app/session'
import { csvLink } from '../../../core/csv'
import { count, DASH, percent } from '../../../core/format'
import { involvementCsv, points, sharesOf } from '../../../core/involvement'
import { t } from '../../../core/messages'
import {
  type AnnotatorZeros,
  type AuditRow,
  type Involvement,
  type QualityReport,
  reportApi,
} from '../../../core/reportApi'
import type { Dimension } from '../../../core/types'
import { DimensionChoice } from '../../../ui/DimensionChoice'
import { GivenLevels } from '../../../ui/GivenLevels'
import { Empty, Failure, Skeleton } from '../../../ui/Notice'
import { StackingTable } from '../../../ui/StackingTable'
import { Thumb } from '../../../ui/Thumb'
import { ReportFrame } from './ReportFrame'

export function InvolvementTab() {
  return <ReportFrame byRubric>{report => <Parts report={report} />}</ReportFrame>
}

function Parts({ report }: { report: QualityReport }) {
  const { slug } = usePlace()
  const [shown, setShown] = useState<Dimension>('object')
  const found = report.dimensions.find(({ dimension }) => dimension === shown)?.involvement
  if (!found) return <Empty title={t('report.older')} hint={t('report.older.hint')} />
  return (
    <>
      <div className="panel">
        <p className="note">{t('zeros.hint')}</p>
        <DimensionChoice shown={shown} onShow={setShown} />
        <p>
          {found.ratings > 0
            ? t('zeros.of', { share: percent(found.zeros / found.ratings), n: found.ratings })
            : t('raters.empty')}
        </p>
        <p className="actions">
          <a
            className="button"
            href={csvLink(involvementCsv(report.dimensions))}
            download={`not-involved-${report.id}-rubric-${report.rubric ?? 0}.csv`}
          >
            {t('report.download')}
          </a>
          <Link className="button quiet" href={`/p/${slug}/adjudicate`}>
            {t('zeros.conflicts')}
          </Link>
        </p>
      </div>
      {found.annotators.length > 0 && <Annotators rows={found.annotators} />}
      {found.captioners.length > 0 && <Captioners rows={found.captioners} />}
      <Sample key={report.id} report={report} dimension={shown} />
    </>
  )
}

function Annotators({ rows }: { rows: readonly AnnotatorZeros[] }) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('zeros.annotators')}</h2>
      </header>
      <p className="note">{t('zeros.annotators.hint')}</p>
      <StackingTable caption={t('zeros.annotators')}>
        <thead>
          <tr>
            <th scope="col">{t('quality.column.annotator')}</th>
            {(['ratings', 'share', 'others', 'difference', 'alone'] as const).map(column => (
              <th key={column} scope="col" className="number">
                {t(`zeros.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.username}>
              <th scope="row">{row.username}</th>
              <td className="number" data-label={t('zeros.column.ratings')}>
                {count(row.ratings)}
              </td>
              <td className="number" data-label={t('zeros.column.share')}>
                {percent(row.zeros / row.ratings)}
              </td>
              <td className="number" data-label={t('zeros.column.others')}>
                {row.others_share === null ? DASH : percent(row.others_share)}
              </td>
              <td className="number" data-label={t('zeros.column.difference')}>
                <Difference row={row} />
              </td>
              <td className="number" data-label={t('zeros.column.alone')}>
                {count(row.alone)}
              </td>
            </tr>
          ))}
        </tbody>
      </StackingTable>
    </section>
  )
}

function Difference({ row: { difference, low, high } }: { row: AnnotatorZeros }) {
  if (difference === null) return <span className="muted">{DASH}</span>
  return (
    <span>
      {points(difference)}
      {low !== null && high !== null && (
        <span className="muted part">
          {t('zeros.from', { low: points(low), high: points(high) })}
        </span>
      )}
    </span>
  )
}

function Captioners({ rows }: { rows: Involvement['captioners'] }) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('forecast.captioners')}</h2>
      </header>
      <StackingTable caption={t('forecast.captioners')}>
        <thead>
          <tr>
            <th scope="col">{t('conflicts.by.captioner')}</th>
            <th scope="col" className="number">
              {t('zeros.column.ratings')}
            </th>
            <th scope="col" className="number">
              {t('zeros.column.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sharesOf(rows).map(({ name, ratings, share }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number" data-label={t('zeros.column.ratings')}>
                {count(ratings)}
              </td>
              <td className="number" data-label={t('zeros.column.share')}>
                {percent(share)}
              </td>
            </tr>
          ))}
        </tbody>
      </StackingTable>
    </section>
  )
}

function Sample({ report, dimension }: { report: QualityReport; dimension: Dimension }) {
  const id = useId()
  const { slug } = usePlace()
  const audit = useQuery({
    queryKey: ['audit', slug, report.id, report.rubric],
    queryFn: () => reportApi.audit(slug, report.rubric),
  })
  const rows = audit.data?.filter(row => row.dimension === dimension)
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('zeros.sample')}</h2>
      </header>
      <p className="note">{t('zeros.sample.hint')}</p>
      {rows ? (
        rows.length === 0 ? (
          <Empty title={t('zeros.sample.empty')} hint={t('zeros.sample.empty.hint')} />
        ) : (
          <ul className="clip-list">
            {rows.map(row => (
              <li key={row.item}>
                <Drawn row={row} />
              </li>
            ))}
          </ul>
        )
      ) : audit.error ? (
        <Failure error={audit.error} retry={() => audit.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
    </section>
  )
}

function Drawn({ row }: { row: AuditRow }) {
  const { slug } = usePlace()
  const { item, captioner, caption_text, given } = row
  return (
    <article className="clip-row case-row">
      <Thumb src={row.poster_url} href={row.video_url} name={t('conflicts.video', { captioner })} />
      <div className="clip-text">
        <Link className="case-link clamped" href={`/p/${slug}/adjudicate/${item}`} dir="auto">
          {caption_text}
        </Link>
        <GivenLevels given={given} />
        <p className="clip-facts">
          <span>{t('adjudicate.by', { name: captioner })}</span>
        </p>
      </div>
    </article>
  )
}
