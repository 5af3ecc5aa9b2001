/** The projects one is in; with only one, straight into it. Owners make new ones here. */

import { useId, useState } from 'react'
import { Link, Redirect } from 'wouter'
import { useSignedIn } from '../../app/session'
import { t, word } from '../../core/messages'
import { settingsApi } from '../../core/settingsApi'
import type { Project, Shown } from '../../core/settingsTypes'
import { Icon } from '../../ui/icons'
import { LoadMore } from '../../ui/LoadMore'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { useLater } from '../../ui/useLater'
import { usePages } from '../../ui/usePages'
import { NewProject } from './NewProject'

/** From here on a list is searched rather than read. */
const MANY = 8
const SHOWN: readonly Shown[] = ['no', 'yes', 'all']

export function ProjectsPage() {
  const { memberships, organisations } = useSignedIn()
  const [making, setMaking] = useState(false)
  const owned = organisations.filter(({ owner }) => owner)
  const [only] = memberships
  if (only && memberships.length === 1 && owned.length === 0)
    return <Redirect replace to={`/p/${only.project.slug}`} />
  const create = owned.length > 0 && (
    <button type="button" className="button primary" onClick={() => setMaking(true)}>
      {t('projects.new')}
    </button>
  )
  return (
    <Page title={t('projects.title')} width="narrow" actions={memberships.length > 0 && create}>
      {memberships.length === 0 ? (
        <Empty
          title={t('projects.empty')}
          hint={create ? t('projects.empty.owner') : t('projects.empty.hint')}
        >
          {create}
        </Empty>
      ) : (
        <Projects />
      )}
      {owned.length > 0 && (
        <section className="owned" aria-label={t('projects.organisations')}>
          <h2>{t('projects.organisations')}</h2>
          <ul className="cards">
            {owned.map(({ slug, name }) => (
              <li key={slug}>
                <Link className="card card-link" href={`/o/${slug}`}>
                  <span className="card-text">
                    <strong>{name}</strong>
                    <span className="muted">{t('projects.people')}</span>
                  </span>
                  <Icon name="arrow" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {making && <NewProject owned={owned} onClose={() => setMaking(false)} />}
    </Page>
  )
}

function Projects() {
  const id = useId()
  const { memberships, organisations } = useSignedIn()
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState<Shown>('no')
  const wanted = useLater(search)
  const query = usePages({
    key: ['projects', wanted, shown],
    load: cursor => settingsApi.projects(wanted, shown, cursor),
  })
  const filtered = memberships.some(({ project }) => project.archived) || shown !== 'no'
  return (
    <>
      <div className="list-tools">
        {memberships.length > MANY && (
          <div className="field search">
            <label htmlFor={id}>{t('projects.search')}</label>
            <input
              id={id}
              type="search"
              autoComplete="off"
              maxLength={100}
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
          </div>
        )}
        {filtered && (
          <fieldset className="segments">
            <legend className="hidden">{t('projects.shown')}</legend>
            {SHOWN.map(one => (
              <button
                key={one}
                type="button"
                className="segment"
                aria-pressed={one === shown}
                onClick={() => setShown(one)}
              >
                {word('projects.shown', one)}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {query.rows ? (
        query.rows.length === 0 ? (
          <Empty title={t('projects.none')} hint={t('projects.none.hint')} />
        ) : (
          <>
            <ul className="cards">
              {query.rows.map(project => (
                <li key={project.slug}>
                  <Card project={project} named={organisations.length > 1} />
                </li>
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        )
      ) : query.error ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
    </>
  )
}

function Card({ project, named }: { project: Project; named: boolean }) {
  const roles = project.roles.map(role => word('role', role)).join(', ')
  return (
    <Link className="card card-link" href={`/p/${project.slug}`}>
      <span className="card-text">
        <strong>
          {project.name}{' '}
          {project.archived_at && <span className="tag">{t('projects.archived')}</span>}
        </strong>
        {project.description && <span className="card-about">{project.description}</span>}
        <span className="muted">{named ? `${project.organisation.name} · ${roles}` : roles}</span>
      </span>
      <Icon name="arrow" />
    </Link>
  )
}
