/** Stop a run that has not ended, after asking once. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { isOver } from '../../core/runs'
import type { RunDetail } from '../../core/types'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

export function CancelRun({ run }: { run: RunDetail }) {
  const { slug, roles } = usePlace()
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const cancelling = useMutation({
    mutationFn: () => api.cancel(slug, run.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', slug, run.id] }),
    onSuccess: () => setAsking(false),
  })
  if (!mayRun(roles) || isOver(run.state)) return null
  if (run.cancel_requested) return <span className="muted">{t('run.cancel.asked')}</span>
  return (
    <>
      <button type="button" className="button danger" onClick={() => setAsking(true)}>
        {t('run.cancel')}
      </button>
      {asking && (
        <Modal title={t('run.cancel.title')} onClose={() => setAsking(false)}>
          <p className="modal-text">{t('run.cancel.text')}</p>
          {cancelling.error && (
            <Banner tone="bad">{explain(problemOf(cancelling.error)).title}</Banner>
          )}
          <footer className="modal-foot">
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {t('run.cancel.keep')}
            </button>
            <button
              type="button"
              className="button danger"
              aria-disabled={cancelling.isPending}
              onClick={() => !cancelling.isPending && cancelling.mutate()}
            >
              {t('run.cancel.confirm')}
            </button>
          </footer>
        </Modal>
      )}
    </>
  )
}
