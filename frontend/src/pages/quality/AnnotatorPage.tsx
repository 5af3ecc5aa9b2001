/** One annotator looked at closely: figures, dimensions, days, and everything they rated. */

import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { burnUp, burnUpCsv } from '../../core/burnUp'
import { csvLink } from '../../core/csv'
import { count, DASH, day, duration, percent } from '../../core/format'
import { shownName } from '../../core/members'
import { t, word } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { AnnotatorRecord, RatedRow } from '../../core/qualityTypes'
import { ChartOrTable } from '../../ui/chart/ChartOrTable'
import { Drawing } from '../../ui/chart/Drawing'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Table } from '../../ui/Table'
import { Moment } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { AnnotatorDimensions } from './AnnotatorDimensions'
import { Signals } from './Annotators'
import { LevelList } from './LevelList'
import { Loaded } from './Loaded'
import { Poster } from './Poster'

export function AnnotatorPage({ annotator }: { annotator: number }) {
  const { slug, name } = usePlace()
  const found = useQuery({
    queryKey: ['annotator', slug, annotator],
    queryFn: () => qualityApi.annotator(slug, annotator),
  })
  return (
    <Page
      title={found.data ? shownName(found.data.annotator) : t('quality.column.annotator')}
      project={name}
      lead={<Link href={`/p/${slug}/quality`}>{t('annotator.back')}</Link>}
    >
      {found.data ? (
        <>
          <Summary record={found.data} />
          <AnnotatorDimensions record={found.data} />
          <Timeline days={found.data.days} />
          <Rated annotator={annotator} />
        </>
      ) : found.error ? (
        <Failure error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton lines={5} tall />
      )}
    </Page>
  )
}

function Summary({ record }: { record: AnnotatorRecord }) {
  const id = useId()
  const { ratings, gold, twins, repeats, watched, median_seconds, signals } = record
  const shares = [
    ['gold', gold?.passed_share, gold?.answers],
    ['twins', twins?.noticed_share, twins?.shown],
    ['repeats', repeats?.exact_share, repeats?.pairs],
    ['watched', watched?.share, watched?.answers],
  ] as const
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('annotator.summary')}</h2>
      </header>
      <dl className="stats">
        <div>
          <dt>{t('annotator.ratings')}</dt>
          <dd>{count(ratings)}</dd>
        </div>
        {shares.map(([column, share, n]) => (
          <div key={column}>
            <dt>{word('quality.column', column)}</dt>
            <dd>
              {share === undefined ? DASH : percent(share)}
              {n !== undefined && <span className="muted part">{t('quality.of', { n })}</span>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('quality.column.median')}</dt>
          <dd>{median_seconds === null ? DASH : duration(median_seconds)}</dd>
        </div>
      </dl>
      <Signals signals={signals} />
    </section>
  )
}

function Timeline({ days }: { days: readonly number[] }) {
  const [missing, setMissing] = useState(false)
  const points = useMemo(() => burnUp(days, new Date().toISOString()), [days])
  const drawn = useMemo(
    () => ({ points, xLabel: '', yLabel: t('annotator.ratings'), step: false, dated: true }),
    [points],
  )
  if (points.length === 0) return null
  const table = (
    <Table caption={t('annotator.timeline')}>
      <thead>
        <tr>
          <th scope="col">{t('annotator.until')}</th>
          <th scope="col" className="number">
            {t('annotator.ratings')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(([moment, ratings]) => (
          <tr key={moment}>
            <th scope="row">{day(new Date(moment).toISOString())}</th>
            <td className="number">{count(ratings)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
  return (
    <div className="panel">
      <ChartOrTable
        title={t('annotator.timeline')}
        level={2}
        chart={missing ? table : <Drawing drawn={drawn} onMissing={() => setMissing(true)} />}
        table={table}
      />
      <p className="actions">
        <a className="button" href={csvLink(burnUpCsv(points))} download="ratings-over-time.csv">
          {t('report.download')}
        </a>
      </p>
    </div>
  )
}

function Rated({ annotator }: { annotator: number }) {
  const id = useId()
  const { slug } = usePlace()
  const rated = usePages({
    key: ['rated-by', slug, annotator],
    load: cursor => qualityApi.ratedBy(slug, annotator, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('annotator.rated')}</h2>
      </header>
      <p className="note">{t('annotator.rated.hint')}</p>
      <Loaded query={rated}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={t('annotator.rated.empty')} hint={t('annotator.rated.empty.hint')} />
          ) : (
            <ul className="clip-list">
              {rows.map(row => (
                <li key={row.item}>
                  <Row row={row} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Row({ row }: { row: RatedRow }) {
  const { slug } = usePlace()
  const { item, caption_text, poster_url, submitted_at, late, revision, signals, levels } = row
  return (
    <article className="clip-row case-row">
      <Poster src={poster_url} />
      <div className="clip-text">
        <Link className="case-link clamped" href={`/p/${slug}/adjudicate/${item}`} dir="auto">
          {caption_text}
        </Link>
        <LevelList levels={levels} />
        <p className="clip-facts">
          <Moment iso={submitted_at} />
          {late && <span>{t('annotator.late')}</span>}
          {revision > 1 && <span>{t('annotator.revised', { n: revision })}</span>}
          {signals.map(signal => (
            <span key={signal}>{word('quality.signal', signal)}</span>
          ))}
        </p>
      </div>
    </article>
  )
}
