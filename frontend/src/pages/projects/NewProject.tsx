/** Make a project: its name, and an address that follows the name until one chooses another. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { SESSION } from '../../app/session'
import { t } from '../../core/messages'
import type { Belongs } from '../../core/peopleTypes'
import { settingsApi } from '../../core/settingsApi'
import type { NewProject as Wanted } from '../../core/settingsTypes'
import { slugOf } from '../../core/slug'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { ProjectFields } from './ProjectFields'
import { useWrong } from './useWrong'

export function NewProject({ owned, onClose }: { owned: readonly Belongs[]; onClose: () => void }) {
  const id = useId()
  const [organisation, setOrganisation] = useState(owned[0]?.slug ?? '')
  const [wanted, setWanted] = useState<Wanted>({ name: '', slug: '', description: '' })
  const [chosen, setChosen] = useState(false)
  const creating = useCreating(organisation)
  const { wrong, problem, check } = useWrong(creating.error, wanted)

  const change = (changed: Partial<Wanted>) => {
    if (changed.slug !== undefined) setChosen(changed.slug !== '')
    const follows = changed.name !== undefined && !chosen ? { slug: slugOf(changed.name) } : {}
    setWanted({ ...wanted, ...changed, ...follows })
  }
  const create = (event: FormEvent) => {
    event.preventDefault()
    if (!creating.isPending && check()) creating.mutate(wanted)
  }
  return (
    <Modal title={t('projects.new')} onClose={onClose}>
      <form className="form" onSubmit={create} noValidate>
        {owned.length > 1 && (
          <div className="field">
            <label htmlFor={id}>{t('projects.organisation')}</label>
            <select
              id={id}
              value={organisation}
              onChange={event => setOrganisation(event.target.value)}
            >
              {owned.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <ProjectFields values={wanted} wrong={wrong} onChange={change} />
        {problem && <Banner tone="bad">{explain(problem).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={creating.isPending}>
            {creating.isPending ? t('projects.creating') : t('projects.create')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

function useCreating(organisation: string) {
  const queries = useQueryClient()
  const [, go] = useLocation()
  return useMutation({
    mutationFn: (wanted: Wanted) => settingsApi.createProject(organisation, wanted),
    onSuccess: async made => {
      queries.invalidateQueries({ queryKey: ['projects'] })
      // Its pages open to those whose session says that they are in it.
      await queries.invalidateQueries({ queryKey: SESSION })
      go(`/p/${made.slug}`)
    },
  })
}
