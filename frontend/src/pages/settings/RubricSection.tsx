/** The rubric of the project: its words now, its versions, and the bridges between them. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t } from '../../core/messages'
import { settingsApi } from '../../core/settingsApi'
import type { Version } from '../../core/settingsTypes'
import { Failure, Skeleton } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'
import { Bridges } from './Bridges'
import { RubricDiff } from './RubricDiff'
import { RubricEditor } from './RubricEditor'
import { RubricWords } from './RubricWords'

export function RubricSection() {
  const { slug, roles, archived } = usePlace()
  const admin = mayManage(roles) && !archived
  const [editing, setEditing] = useState(false)
  const [looked, setLooked] = useState<number | null>(null)
  const versions = usePages({
    key: ['rubric-versions', slug],
    load: cursor => settingsApi.versions(slug, cursor),
  })
  const newest = versions.rows?.[0]?.number
  if (newest === undefined)
    return versions.error ? (
      <Failure error={versions.error} retry={() => versions.refetch()} />
    ) : (
      <Skeleton lines={6} tall />
    )
  const shown = looked ?? newest
  return (
    <>
      <p className="lead">{t('rubric.lead')}</p>
      {editing ? (
        <RubricEditor version={newest} onClose={() => setEditing(false)} />
      ) : (
        <Words
          version={shown}
          now={shown === newest}
          onEdit={admin && shown === newest ? () => setEditing(true) : null}
        />
      )}
      <Versions query={versions} shown={shown} onShow={setLooked} />
      {newest > 1 && <RubricDiff key={newest} newest={newest} />}
      <Bridges newest={newest} admin={admin} />
    </>
  )
}

type WordsProps = { version: number; now: boolean; onEdit: (() => void) | null }

function Words({ version, now, onEdit }: WordsProps) {
  const id = useId()
  const { slug } = usePlace()
  const found = useQuery({
    queryKey: ['rubric-version', slug, version],
    queryFn: () => settingsApi.version(slug, version),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>
          {t('rubric.version', { n: version })}{' '}
          {now && <span className="tag">{t('rubric.now')}</span>}
        </h2>
        {onEdit && (
          <button type="button" className="button primary" onClick={onEdit}>
            {t('rubric.edit')}
          </button>
        )}
      </header>
      {found.data ? (
        <RubricWords texts={found.data.texts} version={version} />
      ) : found.error ? (
        <Failure error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </section>
  )
}

type VersionsProps = {
  query: ReturnType<typeof usePages<Version>>
  shown: number
  onShow: (version: number) => void
}

function Versions({ query, shown, onShow }: VersionsProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('rubric.versions')}</h2>
      </header>
      <Loaded query={query}>
        {versions => (
          <ol className="version-list">
            {versions.map(version => (
              <li key={version.number}>
                <span className="card-text">
                  <strong>{t('rubric.version', { n: version.number })}</strong>
                  <span>{version.note || t('rubric.library')}</span>
                  {version.made_at && (
                    <span className="muted">
                      {t('rubric.by', { name: version.by ?? '' })}, <Ago iso={version.made_at} />
                    </span>
                  )}
                </span>
                <button
                  type="button"
                  className="button"
                  aria-pressed={version.number === shown}
                  onClick={() => onShow(version.number)}
                >
                  {t('rubric.show')}
                  <span className="hidden"> {t('rubric.version', { n: version.number })}</span>
                </button>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  )
}
