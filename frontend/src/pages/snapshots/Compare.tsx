/** What changed from another snapshot to this one. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { count, dateTime, shortDigest } from '../../core/format'
import { t, word } from '../../core/messages'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Diff } from '../../core/snapshotsTypes'
import type { Snapshot } from '../../core/types'
import { Icon } from '../../ui/icons'
import { Failure, Skeleton } from '../../ui/Notice'
import { Table } from '../../ui/Table'
import { usePages } from '../../ui/usePages'
import { Section } from '../runs/Section'

const OF = ['videos', 'captions', 'judgments'] as const
const CHANGES = ['added', 'removed', 'changed'] as const

export function Compare({ snapshot }: { snapshot: number }) {
  const { slug } = usePlace()
  const id = useId()
  const [other, setOther] = useState<number | null>(null)
  const snapshots = usePages({
    key: ['snapshots', slug],
    load: cursor => api.snapshots(slug, cursor),
  })
  const others = snapshots.rows?.filter(one => one.id !== snapshot) ?? []
  return (
    <Section title={t('snapshot.compare')}>
      {snapshots.error && <Failure error={snapshots.error} retry={() => snapshots.refetch()} />}
      {others.length === 0 ? (
        <p className="muted">{t('snapshot.compare.alone')}</p>
      ) : (
        <div className="field">
          <label htmlFor={id}>{t('snapshot.compare.with')}</label>
          <select
            id={id}
            value={other ?? ''}
            onChange={event => setOther(event.target.value ? Number(event.target.value) : null)}
          >
            <option value="">{t('snapshot.compare.none')}</option>
            {others.map(one => (
              <option key={one.id} value={one.id}>
                {named(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      {other !== null && <Difference key={other} snapshot={snapshot} other={other} />}
    </Section>
  )
}

const named = ({ digest, as_of, judgments }: Snapshot) =>
  t('snapshot.compare.named', {
    digest: shortDigest(digest),
    asOf: as_of ? dateTime(as_of) : t('snapshots.unrated'),
    n: judgments,
  })

function Difference({ snapshot, other }: { snapshot: number; other: number }) {
  const { slug } = usePlace()
  const diff = useQuery({
    queryKey: ['diff', slug, snapshot, other],
    queryFn: () => snapshotsApi.diff(slug, snapshot, other),
  })
  if (diff.error) return <Failure error={diff.error} retry={() => diff.refetch()} />
  if (!diff.data) return <Skeleton lines={3} />
  return (
    <div role="status" className="difference">
      <Figures diff={diff.data} />
      <Moves diff={diff.data} />
      <p>
        <a
          className="button small"
          href={snapshotsApi.fileUrl(slug, snapshot, `diff/${other}.jsonl`)}
          download
        >
          <Icon name="download" size={14} />
          {t('snapshot.compare.lines')}
        </a>
      </p>
    </div>
  )
}

function Figures({ diff }: { diff: Diff }) {
  return (
    <Table caption={t('snapshot.compare')}>
      <thead>
        <tr>
          <th scope="col">{t('snapshot.compare.of')}</th>
          {CHANGES.map(change => (
            <th key={change} scope="col" className="number">
              {t(`snapshot.compare.${change}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {OF.map(name => (
          <tr key={name}>
            <th scope="row">{t(`snapshots.column.${name}`)}</th>
            {CHANGES.map(change => (
              <td key={change} className="number">
                {count(diff[name][change])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Moves({ diff: { moves } }: { diff: Diff }) {
  if (moves.length === 0) return <p className="muted">{t('snapshot.compare.unmoved')}</p>
  return (
    <ul className="leaks">
      {moves.map(({ before, after, videos }) => (
        <li key={`${before} ${after}`}>
          {t('snapshot.compare.moved', {
            n: videos,
            before: word('side', before),
            after: word('side', after),
          })}
        </li>
      ))}
    </ul>
  )
}
