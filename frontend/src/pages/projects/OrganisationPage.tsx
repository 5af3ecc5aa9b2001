/** An organisation as its owners see it: who is in it, and which projects there are. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { SESSION, useSignedIn } from '../../app/session'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { settingsApi } from '../../core/settingsApi'
import type { Owned, PersonOf } from '../../core/settingsTypes'
import { Confirm } from '../../ui/Confirm'
import { Banner, explain } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { StackingTable } from '../../ui/StackingTable'
import { usePages } from '../../ui/usePages'
import { AuditLog } from '../audit/AuditLog'
import { OF_AN_ORGANISATION } from '../audit/kinds'
import { MissingPage } from '../MissingPage'
import { Loaded } from '../quality/Loaded'

export function OrganisationPage({ slug }: { slug: string }) {
  const { organisations } = useSignedIn()
  const organisation = organisations.find(one => one.slug === slug && one.owner)
  if (!organisation) return <MissingPage />
  return (
    <Page title={organisation.name} lead={<p>{t('organisation.lead')}</p>}>
      <People organisation={slug} />
      <Projects organisation={slug} />
      <AuditLog
        place={{ of: 'organisations', slug }}
        kinds={OF_AN_ORGANISATION}
        lead={t('audit.lead.organisation')}
      />
    </Page>
  )
}

function People({ organisation }: { organisation: string }) {
  const id = useId()
  const [removing, setRemoving] = useState<PersonOf | null>(null)
  const query = usePages({
    key: ['organisation-people', organisation],
    load: cursor => settingsApi.people(organisation, cursor),
  })
  const changing = useChanging(organisation)
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('organisation.people')}</h2>
      </header>
      {changing.error && <Banner tone="bad">{explain(problemOf(changing.error)).title}</Banner>}
      <Loaded query={query}>
        {people => (
          <StackingTable caption={t('organisation.people')}>
            <thead>
              <tr>
                <th scope="col">{t('organisation.column.person')}</th>
                <th scope="col">{t('organisation.column.projects')}</th>
                <th scope="col">{t('organisation.column.owner')}</th>
                <th scope="col">{t('people.column.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {people.map(person => (
                <PersonRow
                  key={person.id}
                  person={person}
                  busy={changing.isPending}
                  onOwner={owner => changing.mutate({ id: person.id, owner })}
                  onRemove={() => setRemoving(person)}
                />
              ))}
            </tbody>
          </StackingTable>
        )}
      </Loaded>
      {removing && (
        <RemovePerson
          organisation={organisation}
          person={removing}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  )
}

type RowProps = {
  person: PersonOf
  busy: boolean
  onOwner: (owner: boolean) => void
  onRemove: () => void
}

function PersonRow({ person, busy, onOwner, onRemove }: RowProps) {
  const { user } = useSignedIn()
  const shown = person.name || person.username
  return (
    <tr>
      <th scope="row">
        <span className="person">
          <span>
            {shown} {person.id === user.id && <span className="tag">{t('people.you')}</span>}
          </span>
          {person.name && <span className="muted">{person.username}</span>}
        </span>
      </th>
      <td data-label={t('organisation.column.projects')}>{person.projects.join(', ')}</td>
      <td data-label={t('organisation.column.owner')}>
        <label className="tick-target">
          <input
            type="checkbox"
            checked={person.owner}
            onChange={event => !busy && onOwner(event.target.checked)}
          />
          <span className="hidden">{t('organisation.ownerOf', { name: person.username })}</span>
        </label>
      </td>
      <td className="row-end">
        <div className="row-actions">
          <button type="button" className="button quiet danger" onClick={onRemove}>
            {t('people.remove')}
            <span className="hidden"> {person.username}</span>
          </button>
        </div>
      </td>
    </tr>
  )
}

function useChanging(organisation: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, owner }: { id: number; owner: boolean }) =>
      settingsApi.changePerson(organisation, id, owner),
    onSettled: () => {
      queries.invalidateQueries({ queryKey: ['organisation-people', organisation] })
      // Whoever gives up their own ownership sees this page no more.
      queries.invalidateQueries({ queryKey: SESSION })
    },
  })
}

type Removing = { organisation: string; person: PersonOf; onClose: () => void }

function RemovePerson({ organisation, person, onClose }: Removing) {
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => settingsApi.removePerson(organisation, person.id),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['organisation-people', organisation] })
      queries.invalidateQueries({ queryKey: ['organisation-projects', organisation] })
      queries.invalidateQueries({ queryKey: SESSION })
      onClose()
    },
  })
  return (
    <Confirm
      title={t('organisation.remove.title', { name: person.name || person.username })}
      label={t('people.remove')}
      busy={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>{t('organisation.remove.text')}</p>
    </Confirm>
  )
}

function Projects({ organisation }: { organisation: string }) {
  const id = useId()
  const query = usePages({
    key: ['organisation-projects', organisation],
    load: cursor => settingsApi.owned(organisation, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('organisation.projects')}</h2>
      </header>
      <Loaded query={query}>
        {projects => (
          <StackingTable caption={t('organisation.projects')}>
            <thead>
              <tr>
                <th scope="col">{t('organisation.column.project')}</th>
                <th scope="col">{t('organisation.column.people')}</th>
                <th scope="col">{t('organisation.column.state')}</th>
              </tr>
            </thead>
            <tbody>
              {projects.map(project => (
                <ProjectRow key={project.slug} project={project} />
              ))}
            </tbody>
          </StackingTable>
        )}
      </Loaded>
    </section>
  )
}

function ProjectRow({ project }: { project: Owned }) {
  return (
    <tr>
      <th scope="row">
        <span className="person">
          <span>{project.name}</span>
          <span className="muted">/p/{project.slug}</span>
        </span>
      </th>
      <td data-label={t('organisation.column.people')}>{project.people}</td>
      <td data-label={t('organisation.column.state')}>
        {project.archived_at ? t('projects.archived') : t('organisation.inUse')}
      </td>
    </tr>
  )
}
