/** Frozen ratings: make a snapshot, list them, open one. */

import { useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { count, list, shortDigest } from '../../core/format'
import { t } from '../../core/messages'
import { narrowing } from '../../core/snapshotForm'
import type { Filters } from '../../core/snapshotsTypes'
import type { Snapshot } from '../../core/types'
import { LoadMore } from '../../ui/LoadMore'
import { Banner, Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { StackingTable } from '../../ui/StackingTable'
import { Moment } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { FreezeDialog } from './FreezeDialog'

export function SnapshotsPage() {
  const { slug, name } = usePlace()
  const [freezing, setFreezing] = useState(false)
  const [frozen, setFrozen] = useState<string | null>(null)
  const snapshots = usePages({
    key: ['snapshots', slug],
    load: cursor => api.snapshots(slug, cursor),
  })
  return (
    <Page
      title={t('snapshots.title')}
      project={name}
      lead={<p>{t('snapshots.intro')}</p>}
      actions={
        <button type="button" className="button primary" onClick={() => setFreezing(true)}>
          {t('snapshots.freeze')}
        </button>
      }
    >
      <div role="status">{frozen && <Banner tone="good">{frozen}</Banner>}</div>
      {snapshots.rows ? (
        <Rows slug={slug} snapshots={snapshots.rows} />
      ) : snapshots.error ? (
        <Failure error={snapshots.error} retry={() => snapshots.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
      <LoadMore query={snapshots} />
      {freezing && <FreezeDialog onFrozen={setFrozen} onClose={() => setFreezing(false)} />}
    </Page>
  )
}

function Rows({ slug, snapshots }: { slug: string; snapshots: readonly Snapshot[] }) {
  if (snapshots.length === 0)
    return <Empty title={t('snapshots.empty')} hint={t('snapshots.empty.hint')} />
  return (
    <StackingTable caption={t('snapshots.title')}>
      <thead>
        <tr>
          <th scope="col">{t('snapshots.column.digest')}</th>
          <th scope="col">{t('snapshots.column.asOf')}</th>
          <th scope="col">{t('snapshots.column.filters')}</th>
          <th scope="col">{t('snapshots.column.by')}</th>
          <th scope="col" className="number">
            {t('snapshots.column.videos')}
          </th>
          <th scope="col" className="number">
            {t('snapshots.column.captions')}
          </th>
          <th scope="col" className="number">
            {t('snapshots.column.judgments')}
          </th>
        </tr>
      </thead>
      <tbody>
        {snapshots.map(snapshot => (
          <Row key={snapshot.id} slug={slug} snapshot={snapshot} />
        ))}
      </tbody>
    </StackingTable>
  )
}

function Row({ slug, snapshot }: { slug: string; snapshot: Snapshot }) {
  const { id, digest, as_of, created_by, videos, captions, judgments } = snapshot
  const narrowed = narrowing(snapshot.filters as Filters)
  return (
    <tr>
      <th scope="row" data-label={t('snapshots.column.digest')}>
        <Link href={`/p/${slug}/snapshots/${id}`} className="mono">
          {shortDigest(digest)}
        </Link>
      </th>
      <td data-label={t('snapshots.column.asOf')}>
        {as_of ? <Moment iso={as_of} /> : t('snapshots.unrated')}
      </td>
      <td data-label={t('snapshots.column.filters')}>
        {narrowed.length === 0
          ? t('snapshots.everything')
          : list(narrowed.map(name => t(`snapshots.filter.${name}`)))}
      </td>
      <td data-label={t('snapshots.column.by')}>{created_by ?? t('snapshots.system')}</td>
      <td data-label={t('snapshots.column.videos')} className="number">
        {count(videos)}
      </td>
      <td data-label={t('snapshots.column.captions')} className="number">
        {count(captions)}
      </td>
      <td data-label={t('snapshots.column.judgments')} className="number">
        {count(judgments)}
      </td>
    </tr>
  )
}
