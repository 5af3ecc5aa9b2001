/** Imports in the background, the newest first: how far each is, what became of it, and why. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId } from 'react'
import { usePlace } from '../../app/session'
import { mayImport } from '../../core/access'
import { count } from '../../core/format'
import { type ImportJob, importsApi } from '../../core/importsApi'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Icon } from '../../ui/icons'
import { LoadMore } from '../../ui/LoadMore'
import { Meter } from '../../ui/Meter'
import { explain, Failure, Skeleton } from '../../ui/Notice'
import { RunBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Report } from './Report'

const EVERY_MS = 1000

export function ImportJobs() {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const jobs = usePages({
    key: ['import-jobs', slug],
    load: cursor => importsApi.jobs(slug, cursor),
    every: rows => (rows.some(isActive) ? EVERY_MS : false),
  })
  const ended = jobs.rows?.filter(job => !isActive(job)).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has ended changed the other lists
  useEffect(() => {
    for (const key of ['videos', 'imports', 'progress']) {
      queries.invalidateQueries({ queryKey: [key, slug] })
    }
  }, [ended, queries, slug])
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('importJobs.title')}</h2>
      </header>
      {jobs.rows ? (
        <ul className="imports" aria-labelledby={id}>
          {jobs.rows.map(job => (
            <JobRow key={job.id} job={job} />
          ))}
          {jobs.rows.length === 0 && <li className="muted">{t('importJobs.empty')}</li>}
        </ul>
      ) : jobs.error ? (
        <Failure error={jobs.error} retry={() => jobs.refetch()} />
      ) : (
        <Skeleton />
      )}
      <LoadMore query={jobs} />
    </section>
  )
}

const isActive = ({ ended_at }: ImportJob) => ended_at === null

function JobRow({ job }: { job: ImportJob }) {
  const { name, kind, by, created_at, problem, result } = job
  const { outcome, dry_run } = result
  return (
    <li className="import">
      <div className="upload-head">
        <span className="name">{name}</span>
        <span className="tag">{word('job', kind)}</span>
        {dry_run && <span className="tag">{t('importJobs.dry')}</span>}
        <span className="spring" />
        {job.state === 'succeeded' && outcome ? (
          <span className={`tag tag-${outcome}`}>{word('outcome', outcome)}</span>
        ) : (
          <RunBadge run={job} />
        )}
      </div>
      <p className="import-head muted">
        <Ago iso={created_at} /> {by ? t('imports.by', { name: by }) : t('imports.commandLine')}
      </p>
      {isActive(job) && <Running job={job} />}
      {job.state === 'failed' && <p className="wrong">{explain(problemFrom(problem)).title}</p>}
      {outcome && <Report report={result as Required<ImportJob['result']>} />}
      {outcome && <Reports job={job} refused={outcome === 'refused'} />}
    </li>
  )
}

const problemFrom = ({ type = '', title = '' }: ImportJob['problem']) => ({
  type,
  title,
  status: 0,
})

function Running({ job }: { job: ImportJob }) {
  const { slug, roles } = usePlace()
  const queries = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => importsApi.cancel(slug, job.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['import-jobs', slug] }),
  })
  const { done, total, note } = job.progress
  const stopping = job.cancel_requested || cancel.isPending
  return (
    <>
      <Meter value={total ? Math.min(1, done / total) : null} label={job.name} />
      <div className="upload-head">
        <span className="muted">
          {word('doing', note)}{' '}
          {total
            ? t('importJobs.of', { done: count(done), total: count(total) })
            : done > 0 && count(done)}
        </span>
        <span className="spring" />
        {mayImport(roles) && (
          <button
            type="button"
            className="button small"
            aria-disabled={stopping}
            aria-label={t('importJobs.cancel.of', { name: job.name })}
            onClick={() => !stopping && cancel.mutate()}
          >
            {t('action.cancel')}
          </button>
        )}
      </div>
      {cancel.error && <p className="wrong">{explain(problemOf(cancel.error)).title}</p>}
    </>
  )
}

function Reports({ job, refused }: { job: ImportJob; refused: boolean }) {
  const { slug } = usePlace()
  return (
    <div className="actions">
      <a
        className="button small"
        href={importsApi.reportUrl(slug, job.id)}
        aria-label={t('importJobs.report.of', { name: job.name })}
        download
      >
        <Icon name="download" size={14} />
        {t('importJobs.report')}
      </a>
      {refused && (
        <a
          className="button small"
          href={importsApi.reportUrl(slug, job.id, 'refused')}
          aria-label={t('importJobs.refused.of', { name: job.name })}
          download
        >
          <Icon name="download" size={14} />
          {t('importJobs.refused')}
        </a>
      )}
    </div>
  )
}
