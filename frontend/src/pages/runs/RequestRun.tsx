/** Ask for a run: at once with its defaults, or through its options. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import type { Kind } from '../../core/types'
import { Icon } from '../../ui/icons'
import { Banner, explain } from '../../ui/Notice'
import { OptionsDialog } from './OptionsDialog'

type Props = { kind: Kind; label: string; primary?: boolean }

export function RequestRun({ kind, label, primary = false }: Props) {
  const [choosing, setChoosing] = useState(false)
  const request = useRequest(kind)
  return (
    <div className="request">
      <div className="split">
        <button
          type="button"
          className={primary ? 'button primary large' : 'button'}
          aria-disabled={request.isPending}
          onClick={() => !request.isPending && request.mutate({})}
        >
          {request.isPending ? t('runs.starting') : label}
        </button>
        <button
          type="button"
          className={primary ? 'button primary large square' : 'button square'}
          aria-label={t('runs.optionsFor', { kind: word('kind', kind) })}
          title={t('runs.options')}
          onClick={() => setChoosing(true)}
        >
          <Icon name="options" />
        </button>
      </div>
      {request.error && !choosing && (
        <Banner tone="bad">{explain(problemOf(request.error)).title}</Banner>
      )}
      {choosing && (
        <OptionsDialog
          kind={kind}
          label={label}
          busy={request.isPending}
          error={request.error}
          onRun={options => request.mutate(options)}
          onClose={() => {
            setChoosing(false)
            request.reset()
          }}
        />
      )}
    </div>
  )
}

/** Asks, and goes to the run's page. If that kind runs already, the server answers with that run. */
function useRequest(kind: Kind) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [, go] = useLocation()
  return useMutation({
    mutationFn: (options: Record<string, unknown>) => api.requestRun(slug, { kind, options }),
    onSuccess: run => {
      queries.invalidateQueries({ queryKey: ['runs', slug] })
      queries.invalidateQueries({ queryKey: ['snapshots', slug] })
      go(`/p/${slug}/runs/${run.id}`)
    },
  })
}
