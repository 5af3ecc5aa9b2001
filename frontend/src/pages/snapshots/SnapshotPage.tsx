/** One snapshot: what is in it, its sides and what might leak, its exports, and what it changed. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { count, dateTime, list, shortDigest } from '../../core/format'
import { t, word } from '../../core/messages'
import { narrowing } from '../../core/snapshotForm'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Filters, SnapshotWhole } from '../../core/snapshotsTypes'
import { Digest } from '../../ui/Digest'
import { Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Moment } from '../../ui/Time'
import { Section } from '../runs/Section'
import { Compare } from './Compare'
import { Exports } from './Exports'
import { Leaks } from './Leaks'
import { Sides } from './Sides'

export function SnapshotPage({ snapshot: id }: { snapshot: number }) {
  const { slug, name } = usePlace()
  const snapshot = useQuery({
    queryKey: ['snapshot', slug, id],
    queryFn: () => snapshotsApi.snapshot(slug, id),
  })
  if (!snapshot.data)
    return (
      <Page title={t('snapshots.title')} project={name}>
        {snapshot.error ? (
          <Failure error={snapshot.error} retry={() => snapshot.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Page>
    )
  return (
    <Page
      title={t('snapshot.title', { digest: shortDigest(snapshot.data.digest) })}
      project={name}
      lead={<Lead snapshot={snapshot.data} />}
    >
      <div className="columns wide-first">
        <div className="snapshot-column">
          <Exports snapshot={id} />
          <Compare snapshot={id} />
        </div>
        <div className="snapshot-column">
          <Contents snapshot={snapshot.data} />
          <Sides snapshot={snapshot.data} />
          <Leaks snapshot={snapshot.data} />
        </div>
      </div>
    </Page>
  )
}

function Lead({ snapshot: { as_of, created_by } }: { snapshot: SnapshotWhole }) {
  return (
    <p>
      {as_of ? (
        <>
          {t('snapshots.column.asOf')} <Moment iso={as_of} />
        </>
      ) : (
        t('snapshots.unrated')
      )}
      {` · ${created_by ?? t('snapshots.system')}`}
    </p>
  )
}

function Contents({ snapshot }: { snapshot: SnapshotWhole }) {
  const figures = ['videos', 'captions', 'judgments', 'preferences'] as const
  const narrowed = narrowing(snapshot.filters)
  return (
    <Section title={t('snapshot.contents')}>
      <dl className="facts">
        <div>
          <dt>{t('snapshot.digest')}</dt>
          <dd>
            <Digest value={snapshot.digest} />
          </dd>
        </div>
        {figures.map(name => (
          <div key={name}>
            <dt>{t(`snapshots.column.${name}`)}</dt>
            <dd>{count(snapshot[name])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('snapshots.column.filters')}</dt>
          <dd className="stacked">
            {narrowed.length === 0 && t('snapshots.everything')}
            {narrowed.map(name => (
              <span key={name}>{told(name, snapshot.filters)}</span>
            ))}
          </dd>
        </div>
      </dl>
    </Section>
  )
}

function told(name: keyof Filters, filters: Filters): string {
  const value = filters[name]
  const label = t(`snapshots.filter.${name}`)
  if (name === 'dimensions')
    return `${label}: ${list(filters.dimensions.map(one => word('dimension', one)))}`
  if (Array.isArray(value)) return `${label}: ${list(value.map(String))}`
  if (typeof value === 'string') return `${label}: ${dateTime(value)}`
  return typeof value === 'number' ? `${label}: ${count(value)}` : label
}
