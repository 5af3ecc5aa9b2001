/** What a project is called, where it is found, and what it is about. */

import { type ReactNode, useId } from 'react'
import { t } from '../../core/messages'
import type { NewProject } from '../../core/settingsTypes'
import type { Wrong } from './useWrong'

type Props = {
  values: NewProject
  wrong: Wrong
  onChange: (changed: Partial<NewProject>) => void
  /** What is said of the address while it differs from the one that the project has. */
  moved?: ReactNode
}

export function ProjectFields({ values, wrong, onChange, moved }: Props) {
  const id = useId()
  const tell = (field: keyof NewProject, hint: ReactNode) => (
    <p id={`${id}-${field}-hint`} className={wrong[field] ? 'wrong' : 'hint'}>
      {wrong[field] ?? hint}
    </p>
  )
  const described = (field: keyof NewProject) => ({
    'aria-invalid': Boolean(wrong[field]),
    'aria-describedby': `${id}-${field}-hint`,
  })
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('settings.name')}</label>
        <input
          id={`${id}-name`}
          value={values.name}
          maxLength={200}
          autoComplete="off"
          required
          onChange={event => onChange({ name: event.target.value })}
          {...described('name')}
        />
        {wrong.name && tell('name', null)}
      </div>
      <div className="field">
        <label htmlFor={`${id}-slug`}>{t('settings.slug')}</label>
        <input
          id={`${id}-slug`}
          value={values.slug}
          maxLength={50}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          onChange={event => onChange({ slug: event.target.value.trim() })}
          {...described('slug')}
        />
        {tell('slug', moved ?? t('settings.slug.hint', { slug: values.slug || '…' }))}
      </div>
      <div className="field">
        <label htmlFor={`${id}-description`}>{t('settings.description')}</label>
        <textarea
          id={`${id}-description`}
          rows={3}
          maxLength={2000}
          value={values.description}
          onChange={event => onChange({ description: event.target.value })}
          {...described('description')}
        />
        {tell('description', t('settings.description.hint'))}
      </div>
    </>
  )
}
