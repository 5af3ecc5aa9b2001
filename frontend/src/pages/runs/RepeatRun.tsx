/** Do a finished run once more: with today's ratings, or from the very same inputs. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { again, isOver } from '../../core/runs'
import type { RunDetail } from '../../core/types'
import { Banner, explain } from '../../ui/Notice'

export function RepeatRun({ run }: { run: RunDetail }) {
  const { slug, roles } = usePlace()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const repeating = useMutation({
    mutationFn: (exactly: boolean) =>
      exactly ? api.reproduce(slug, run.id) : api.requestRun(slug, again(run)),
    onSuccess: begun => {
      queries.invalidateQueries({ queryKey: ['runs', slug] })
      go(`/p/${slug}/runs/${begun.id}`)
    },
  })
  if (!mayRun(roles) || !isOver(run.state)) return null
  const button = (label: string, hint: string, exactly: boolean) => (
    <button
      type="button"
      className="button"
      title={hint}
      aria-disabled={repeating.isPending}
      onClick={() => !repeating.isPending && repeating.mutate(exactly)}
    >
      {label}
    </button>
  )
  return (
    <>
      {button(t('run.again'), t('run.again.hint'), false)}
      {run.kind !== 'turn' &&
        run.state === 'succeeded' &&
        button(t('run.reproduce'), t('run.reproduce.hint'), true)}
      {repeating.error && <Banner tone="bad">{explain(problemOf(repeating.error)).title}</Banner>}
    </>
  )
}
