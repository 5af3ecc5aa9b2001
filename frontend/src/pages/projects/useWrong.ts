/** What is wrong with a project's name, address or description: said beside each, at once. */

import { useState } from 'react'
import { t } from '../../core/messages'
import { fieldErrors, type Problem, problemOf } from '../../core/problem'
import type { NewProject } from '../../core/settingsTypes'
import { isSlug } from '../../core/slug'

export type Wrong = Partial<Record<keyof NewProject, string>>

type Found = {
  wrong: Wrong
  /** What belongs to no field. */
  problem: Problem | null
  /** Look at all of it; whether it may be sent. */
  check: () => boolean
}

export function useWrong(error: unknown, values: NewProject): Found {
  const [tried, setTried] = useState(false)
  const here = atOnce(values)
  const problem = error ? problemOf(error) : null
  const sent = problem ? said(problem) : {}
  // An empty field is no mistake before one wants to go on.
  const shown: Wrong = tried ? here : onlyBad(here, values)
  return {
    wrong: { ...sent, ...shown },
    problem: problem && Object.keys(sent).length === 0 ? problem : null,
    check: () => {
      setTried(true)
      return Object.keys(here).length === 0
    },
  }
}

function atOnce({ name, slug }: NewProject): Wrong {
  const wrong: Wrong = {}
  if (!name.trim()) wrong.name = t('settings.required')
  if (!slug) wrong.slug = t('settings.required')
  else if (!isSlug(slug)) wrong.slug = t('settings.slug.wrong')
  return wrong
}

const onlyBad = (wrong: Wrong, { slug }: NewProject): Wrong =>
  slug && wrong.slug ? { slug: wrong.slug } : {}

function said(problem: Problem): Wrong {
  if (problem.type === 'slug-taken') return { slug: t('settings.slug.taken') }
  return fieldErrors(problem.errors)
}
