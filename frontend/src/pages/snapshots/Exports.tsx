/** The formats of a snapshot: fetched at once, or made first where there is much. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { bytes } from '../../core/format'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Export } from '../../core/snapshotsTypes'
import { Digest } from '../../ui/Digest'
import { Icon } from '../../ui/icons'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Section } from '../runs/Section'

const EVERY_MS = 2000

export function Exports({ snapshot }: { snapshot: number }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const key = ['exports', slug, snapshot]
  const exports = useQuery({
    queryKey: key,
    queryFn: () => snapshotsApi.exports(slug, snapshot),
    refetchInterval: ({ state }) => (state.data?.some(one => one.job !== null) ? EVERY_MS : false),
  })
  const make = useMutation({
    mutationFn: (form: string) => snapshotsApi.make(slug, snapshot, form),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
  return (
    <Section title={t('snapshot.exports')}>
      {make.error && <Banner tone="bad">{explain(problemOf(make.error)).title}</Banner>}
      {exports.data ? (
        <StackingTable caption={t('snapshot.exports')}>
          <thead>
            <tr>
              <th scope="col">{t('snapshot.export')}</th>
              <th scope="col">{t('snapshot.export.file')}</th>
              <th scope="col">{t('snapshot.export.get')}</th>
            </tr>
          </thead>
          <tbody>
            {exports.data.map(one => (
              <Row
                key={one.form}
                snapshot={snapshot}
                one={one}
                onMake={() => make.mutate(one.form)}
              />
            ))}
          </tbody>
        </StackingTable>
      ) : exports.error ? (
        <Failure error={exports.error} retry={() => exports.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
      <p>
        <a
          className="button small"
          href={snapshotsApi.fileUrl(slug, snapshot, 'manifest.json')}
          download
        >
          <Icon name="download" size={14} />
          {t('snapshots.manifest')}
        </a>
      </p>
    </Section>
  )
}

type RowProps = { snapshot: number; one: Export; onMake: () => void }

function Row({ snapshot, one, onMake }: RowProps) {
  const label = word('export', one.form)
  const about = word('export.about', one.form)
  return (
    <tr>
      <th scope="row" data-label={t('snapshot.export')}>
        {label}
        <span className="export-about">{about === one.form ? one.about : about}</span>
      </th>
      <td data-label={t('snapshot.export.file')}>
        {one.sha256 && one.bytes !== null ? (
          <span className="export-file">
            {bytes(one.bytes)} <Digest value={one.sha256} />
          </span>
        ) : (
          t('snapshot.export.unmade')
        )}
      </td>
      <td data-label={t('snapshot.export.get')}>
        <Get snapshot={snapshot} one={one} label={label} onMake={onMake} />
      </td>
    </tr>
  )
}

function Get({ snapshot, one, label, onMake }: RowProps & { label: string }) {
  const { slug } = usePlace()
  if (one.at_once)
    return (
      <a
        className="button small"
        href={snapshotsApi.fileUrl(slug, snapshot, `exports/${one.form}`)}
        aria-label={t('snapshot.export.download.of', { name: label })}
        download
      >
        <Icon name="download" size={14} />
        {t('snapshot.export.download')}
      </a>
    )
  if (one.job !== null) return <span role="status">{t('snapshot.export.making')}</span>
  return (
    <button
      type="button"
      className="button small"
      aria-label={t('snapshot.export.make.of', { name: label })}
      onClick={onMake}
    >
      {t('snapshot.export.make')}
    </button>
  )
}
