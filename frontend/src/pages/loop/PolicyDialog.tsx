/** When the loop goes on by itself: the policy as a form. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId } from 'react'
import { usePlace } from '../../app/session'
import { GOES_ON, LIMITS, policyFrom, RULES } from '../../core/loop'
import { loopApi } from '../../core/loopApi'
import type { Policy, PolicyChange } from '../../core/loopTypes'
import { t, word } from '../../core/messages'
import { fieldErrors, problemOf } from '../../core/problem'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

export function PolicyDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: (change: PolicyChange) => loopApi.changePolicy(slug, change),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['loop', slug] })
      onClose()
    },
  })
  const problem = saving.error ? problemOf(saving.error) : null
  const wrong = fieldErrors(problem?.errors)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const read = (name: string) => (form.has(name) ? String(form.get(name)) : null)
    if (!saving.isPending) saving.mutate(policyFrom(read))
  }
  const limit = (name: keyof typeof LIMITS, empty: string) => (
    <Entry
      name={name}
      type="number"
      value={policy[name]?.toString() ?? null}
      wrong={wrong}
      placeholder={empty}
      {...LIMITS[name]}
    />
  )
  return (
    <Modal title={t('loop.policy.title')} onClose={onClose} wide>
      <form className="options loop-policy" onSubmit={save} noValidate>
        <label className="loop-switch">
          <input type="checkbox" name="enabled" defaultChecked={policy.enabled} />
          <span>{t('loop.field.enabled')}</span>
        </label>
        <div className="option-groups">
          <Group title={t('loop.policy.when')}>
            {limit('after_ratings', t('loop.empty'))}
            {limit('every_hours', t('loop.empty'))}
            {limit('least_gain', t('loop.empty'))}
          </Group>
          <Group title={t('loop.policy.then')}>
            <Choice name="rule" of="loop.rule" choices={RULES} value={policy.rule} />
            <Choice
              name="goes_on_until"
              of="loop.until"
              choices={GOES_ON}
              value={policy.goes_on_until}
            />
          </Group>
          <Group title={t('loop.policy.limits')}>
            <Entry name="quiet_from" type="time" value={policy.quiet_from} wrong={wrong} />
            <Entry name="quiet_until" type="time" value={policy.quiet_until} wrong={wrong} />
            <Entry name="zone" type="text" value={policy.zone} wrong={wrong} />
            {limit('weekly_hours', t('loop.unlimited'))}
          </Group>
        </div>
        {problem && <Banner tone="bad">{explain(problem).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={saving.isPending}>
            {saving.isPending ? t('action.saving') : t('action.save')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="option-group">
      <legend>{title}</legend>
      <div className="fields">{children}</div>
    </fieldset>
  )
}

type Wrong = Record<string, string>

type EntryProps = {
  name: string
  type: 'number' | 'time' | 'text'
  value: string | null
  wrong: Wrong
  placeholder?: string
  step?: number | 'any'
  min?: number
}

function Entry({ name, type, value, wrong, ...more }: EntryProps) {
  const id = useId()
  const said = wrong[name] ?? ''
  return (
    <div className="field">
      <label htmlFor={id}>{word('loop.field', name)}</label>
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={value ?? ''}
        aria-invalid={said !== ''}
        aria-describedby={said ? `${id}-wrong` : undefined}
        {...more}
      />
      {said && (
        <p id={`${id}-wrong`} className="wrong">
          {said}
        </p>
      )}
    </div>
  )
}

type ChoiceProps = { name: string; of: string; choices: readonly string[]; value: string }

function Choice({ name, of, choices, value }: ChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{word('loop.field', name)}</label>
      <select id={id} name={name} defaultValue={value}>
        {choices.map(choice => (
          <option key={choice} value={choice}>
            {word(of, choice)}
          </option>
        ))}
      </select>
    </div>
  )
}
