/** Let some captions come first, or no longer; with the reason, which is kept with them. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import type { Priority } from '../../core/qualityTypes'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

const TIERS = [10, 0] as const

export function Prioritise({ onClose }: { onClose: () => void }) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const board = useQuery({
    queryKey: ['leaderboard', slug],
    queryFn: () => api.leaderboard(slug),
  })
  const ranking = useMutation({
    mutationFn: (priority: Priority) => qualityApi.prioritise(slug, priority),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['queue', slug] }),
  })
  const rank = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (ranking.isPending) return
    const form = new FormData(event.currentTarget)
    ranking.mutate({
      captioner: String(form.get('captioner')).trim(),
      reason: String(form.get('reason')).trim(),
      tier: Number(form.get('tier')) === 0 ? 0 : 10,
    })
  }
  return (
    <Modal title={t('queue.prioritise')} onClose={onClose}>
      <form className="form" onSubmit={rank}>
        <p className="note">{t('queue.prioritise.text')}</p>
        <div className="field">
          <label htmlFor={`${id}-captioner`}>{t('queue.prioritise.captioner')}</label>
          <input
            id={`${id}-captioner`}
            name="captioner"
            list={`${id}-captioners`}
            required
            autoComplete="off"
            spellCheck={false}
          />
          <datalist id={`${id}-captioners`}>
            {board.data?.captioners.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor={`${id}-reason`}>{t('queue.prioritise.reason')}</label>
          <input id={`${id}-reason`} name="reason" required maxLength={100} autoComplete="off" />
        </div>
        <fieldset className="choices">
          <legend>{t('queue.prioritise.tier')}</legend>
          {TIERS.map(tier => (
            <label key={tier} className="choice">
              <input type="radio" name="tier" value={tier} defaultChecked={tier === 10} />
              <strong>{word('queue.tier', String(tier))}</strong>
            </label>
          ))}
        </fieldset>
        <div role="status">
          {ranking.data && (
            <Banner tone={ranking.data.changed > 0 ? 'good' : 'warn'}>
              {t('queue.prioritise.changed', { n: ranking.data.changed })}
            </Banner>
          )}
        </div>
        {ranking.error && <Banner tone="bad">{explain(problemOf(ranking.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.close')}
          </button>
          <button type="submit" className="button primary" aria-disabled={ranking.isPending}>
            {ranking.isPending ? t('action.saving') : t('action.save')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
