/** Make a scorer the champion by hand, for a reason that is kept. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { loopApi } from '../../core/loopApi'
import { t } from '../../core/messages'
import { fieldErrors, problemOf } from '../../core/problem'
import type { RunDetail } from '../../core/types'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

export function PromoteRun({ run }: { run: RunDetail }) {
  const { roles, archived } = usePlace()
  const [asking, setAsking] = useState(false)
  if (run.kind !== 'scorer' || run.state !== 'succeeded') return null
  if (run.champion) return <span className="tag tag-accepted">{t('run.champion')}</span>
  if (!mayRun(roles) || archived) return null
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {t('run.promote')}
      </button>
      {asking && <Ask run={run} onClose={() => setAsking(false)} />}
    </>
  )
}

function Ask({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const promoting = useMutation({
    mutationFn: (reason: string) => loopApi.promote(slug, run.id, reason),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['run', slug] })
      queries.invalidateQueries({ queryKey: ['loop', slug] })
      onClose()
    },
  })
  const problem = promoting.error ? problemOf(promoting.error) : null
  const wrong = fieldErrors(problem?.errors).reason
  const promote = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = new FormData(event.currentTarget).get('reason')
    if (!promoting.isPending) promoting.mutate(String(reason))
  }
  return (
    <Modal title={t('run.promote.title')} onClose={onClose}>
      <form onSubmit={promote} noValidate>
        <p className="modal-text">{t('run.promote.text')}</p>
        <div className="field">
          <label htmlFor={id}>{t('run.promote.reason')}</label>
          <textarea
            id={id}
            name="reason"
            rows={3}
            maxLength={2000}
            required
            aria-invalid={wrong !== undefined}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
          />
          {wrong && (
            <p id={`${id}-wrong`} className="wrong">
              {wrong}
            </p>
          )}
        </div>
        {problem && !wrong && <Banner tone="bad">{explain(problem).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={promoting.isPending}>
            {t('run.promote')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
