/** Imports of what lies on the server's side: folders and buckets that its operator has named. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { importsApi } from '../../core/importsApi'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'

export function FromSources() {
  const id = useId()
  const { slug } = usePlace()
  const sources = useQuery({
    queryKey: ['import-sources', slug],
    queryFn: () => importsApi.sources(slug),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('sources.title')}</h2>
      </header>
      {sources.data ? (
        sources.data.length > 0 ? (
          <Form sources={sources.data} />
        ) : (
          <p className="muted">{t('sources.none')}</p>
        )
      ) : sources.error ? (
        <Failure error={sources.error} retry={() => sources.refetch()} />
      ) : (
        <Skeleton lines={1} />
      )}
    </section>
  )
}

type Sources = Awaited<ReturnType<typeof importsApi.sources>>

function Form({ sources }: { sources: Sources }) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [source, setSource] = useState(sources[0]?.name ?? '')
  const [path, setPath] = useState('')
  const start = useMutation({
    mutationFn: (dry_run: boolean) => importsApi.gather(slug, { source, path, dry_run }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['import-jobs', slug] }),
  })
  return (
    <div className="wizard-form">
      <p className="muted">{t('sources.hint')}</p>
      <div className="mapping">
        <div className="field">
          <label htmlFor={`${id}-source`}>{t('sources.source')}</label>
          <select
            id={`${id}-source`}
            value={source}
            onChange={({ target }) => setSource(target.value)}
          >
            {sources.map(({ name, kind }) => (
              <option key={name} value={name}>
                {t('sources.named', { name, kind: word('sourceKind', kind) })}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-path`}>{t('sources.path')}</label>
          <input
            id={`${id}-path`}
            type="text"
            maxLength={1024}
            placeholder={t('sources.path.all')}
            value={path}
            onChange={({ target }) => setPath(target.value)}
          />
        </div>
      </div>
      {start.error && <Banner tone="bad">{explain(problemOf(start.error)).title}</Banner>}
      <div className="actions">
        {[true, false].map(dry => (
          <button
            key={String(dry)}
            type="button"
            className={dry ? 'button' : 'button primary'}
            aria-disabled={start.isPending}
            onClick={() => !start.isPending && start.mutate(dry)}
          >
            {dry ? t('sources.look') : t('sources.import')}
          </button>
        ))}
        <span className="muted" role="status">
          {start.isSuccess && t('sources.asked')}
        </span>
      </div>
    </div>
  )
}
