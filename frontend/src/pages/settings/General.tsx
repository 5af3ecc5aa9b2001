/** What the project is called, where it is found, and what it is about. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { SESSION, usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t } from '../../core/messages'
import { settingsApi } from '../../core/settingsApi'
import type { NewProject, Project } from '../../core/settingsTypes'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { letGo, useUnsaved } from '../../ui/unsaved'
import { ProjectFields } from '../projects/ProjectFields'
import { useWrong } from '../projects/useWrong'

export function General() {
  const id = useId()
  const { slug } = usePlace()
  const project = useQuery({
    queryKey: ['project', slug],
    queryFn: () => settingsApi.project(slug),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('settings.general')}</h2>
        {project.data && <span className="muted">{project.data.organisation.name}</span>}
      </header>
      {project.data ? (
        <Form project={project.data} />
      ) : project.error ? (
        <Failure error={project.error} retry={() => project.refetch()} />
      ) : (
        <Skeleton lines={5} tall />
      )}
    </section>
  )
}

const FIELDS = ['name', 'slug', 'description'] as const

function Form({ project }: { project: Project }) {
  const { slug, roles, archived } = usePlace()
  const admin = mayManage(roles) && !archived
  const [changed, setChanged] = useState<Partial<NewProject>>({})
  const values = { ...project, ...changed }
  const different = FIELDS.filter(field => values[field] !== project[field])
  useUnsaved(different.length > 0)
  const saving = useSaving(slug, () => setChanged({}))
  const { wrong, problem, check } = useWrong(saving.error, values)

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (saving.isPending || different.length === 0 || !check()) return
    saving.mutate(Object.fromEntries(different.map(field => [field, values[field]])))
  }
  return (
    <form className="form" onSubmit={save} noValidate>
      {!admin && (
        <Banner tone="plain">{archived ? t('archived.text') : t('settings.readOnly')}</Banner>
      )}
      <fieldset className="form plain" disabled={!admin}>
        <legend className="hidden">{t('settings.general')}</legend>
        <ProjectFields
          values={values}
          wrong={wrong}
          onChange={more => setChanged({ ...changed, ...more })}
          {...(values.slug === project.slug ? {} : { moved: t('settings.slug.moved') })}
        />
      </fieldset>
      {problem && <Banner tone="bad">{explain(problem).title}</Banner>}
      {admin && (
        <div className="form-foot">
          <button type="submit" className="button primary" aria-disabled={saving.isPending}>
            {saving.isPending ? t('action.saving') : t('action.save')}
          </button>
          {different.length > 0 && (
            <button type="button" className="button quiet" onClick={() => setChanged({})}>
              {t('unsaved.discard')}
            </button>
          )}
          <span role="status" className="muted">
            {different.length > 0 ? t('unsaved.note') : saving.isSuccess && t('common.saved')}
          </span>
        </div>
      )}
      {admin && <WhereThePeopleAre />}
    </form>
  )
}

function WhereThePeopleAre() {
  const { slug } = usePlace()
  const [before, after] = t('settings.people', { people: '\n' }).split('\n')
  return (
    <p className="hint">
      {before}
      <Link href={`/p/${slug}/people`}>{t('settings.people.link')}</Link>
      {after}
    </p>
  )
}

function useSaving(slug: string, onSaved: () => void) {
  const queries = useQueryClient()
  const [location, go] = useLocation()
  return useMutation({
    mutationFn: (change: Partial<NewProject>) => settingsApi.changeProject(slug, change),
    onSuccess: async after => {
      queries.setQueryData(['project', after.slug], after)
      queries.invalidateQueries({ queryKey: ['projects'] })
      onSaved()
      letGo()
      // The header and the address follow once the session knows the project by its new name.
      await queries.invalidateQueries({ queryKey: SESSION })
      if (after.slug !== slug) go(location.replace(`/p/${slug}`, `/p/${after.slug}`))
    },
  })
}
