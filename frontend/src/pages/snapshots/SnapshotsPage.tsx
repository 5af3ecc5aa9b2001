/** Frozen ratings: make one, list them, take them along. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { count, shortDigest } from '../../core/format'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import type { Snapshot } from '../../core/types'
import { Digest } from '../../ui/Digest'
import { Icon } from '../../ui/icons'
import { LoadMore } from '../../ui/LoadMore'
import { Banner, Empty, explain, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Table } from '../../ui/Table'
import { Moment } from '../../ui/Time'
import { usePages } from '../../ui/usePages'

export function SnapshotsPage() {
  const { slug, name } = usePlace()
  const snapshots = usePages({
    key: ['snapshots', slug],
    load: cursor => api.snapshots(slug, cursor),
  })
  const freeze = useFreeze(slug)
  return (
    <Page
      title={t('snapshots.title')}
      project={name}
      lead={<p>{t('snapshots.intro')}</p>}
      actions={
        <button
          type="button"
          className="button primary"
          aria-disabled={freeze.isPending}
          onClick={() => !freeze.isPending && freeze.mutate()}
        >
          {freeze.isPending ? t('snapshots.freezing') : t('snapshots.freeze')}
        </button>
      }
    >
      <div role="status">{freeze.data && <Banner tone="good">{freeze.data}</Banner>}</div>
      {freeze.error && <Banner tone="bad">{explain(problemOf(freeze.error)).title}</Banner>}
      {snapshots.rows ? (
        <Rows slug={slug} snapshots={snapshots.rows} />
      ) : snapshots.error ? (
        <Failure error={snapshots.error} retry={() => snapshots.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
      <LoadMore query={snapshots} />
    </Page>
  )
}

/** The sentence that says what came of it: the same judgments are the same snapshot. */
function useFreeze(slug: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const { snapshot, isNew } = await api.freeze(slug)
      const named = { digest: shortDigest(snapshot.digest) }
      return isNew ? t('snapshots.frozen', named) : t('snapshots.same', named)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['snapshots', slug] }),
  })
}

function Rows({ slug, snapshots }: { slug: string; snapshots: readonly Snapshot[] }) {
  if (snapshots.length === 0)
    return <Empty title={t('snapshots.empty')} hint={t('snapshots.empty.hint')} />
  return (
    <div className="panel flush">
      <Table caption={t('snapshots.title')}>
        <thead>
          <tr>
            <th scope="col">{t('snapshots.column.digest')}</th>
            <th scope="col">{t('snapshots.column.asOf')}</th>
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
            <th scope="col">{t('snapshots.column.export')}</th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map(snapshot => (
            <Row key={snapshot.id} slug={slug} snapshot={snapshot} />
          ))}
        </tbody>
      </Table>
    </div>
  )
}

const EXPORTS = [
  ['exports/jsonl', 'snapshots.jsonl'],
  ['exports/csv', 'snapshots.csv'],
  ['manifest.json', 'snapshots.manifest'],
] as const

function Row({ slug, snapshot }: { slug: string; snapshot: Snapshot }) {
  const { id, digest, as_of, created_by, videos, captions, judgments } = snapshot
  return (
    <tr>
      <th scope="row">
        <Digest value={digest} />
      </th>
      <td>{as_of ? <Moment iso={as_of} /> : t('snapshots.unrated')}</td>
      <td>{created_by ?? t('snapshots.system')}</td>
      <td className="number">{count(videos)}</td>
      <td className="number">{count(captions)}</td>
      <td className="number">{count(judgments)}</td>
      <td>
        <div className="row-actions">
          {EXPORTS.map(([file, label]) => (
            <a key={file} className="button small" href={api.exportUrl(slug, id, file)} download>
              <Icon name="download" size={14} />
              {t(label)}
            </a>
          ))}
        </div>
      </td>
    </tr>
  )
}
