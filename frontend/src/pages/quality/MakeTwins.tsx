/** Many twins at once, by rule: for captions of the miniature world only. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

const USUAL = 20
const MOST = 200

export function MakeTwins({ onClose }: { onClose: () => void }) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const making = useMutation({
    mutationFn: ({ count, seed }: { count: number; seed: number }) =>
      qualityApi.makeTwins(slug, count, seed),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['checks', slug] }),
  })
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (making.isPending) return
    const form = new FormData(event.currentTarget)
    making.mutate({ count: Number(form.get('count')), seed: Number(form.get('seed')) })
  }
  return (
    <Modal title={t('twin.automatic')} onClose={onClose}>
      <form className="form" onSubmit={make}>
        <p className="note">{t('twin.automatic.text')}</p>
        <div className="field">
          <label htmlFor={`${id}-count`}>{t('twin.count')}</label>
          <input
            id={`${id}-count`}
            name="count"
            type="number"
            min={1}
            max={MOST}
            defaultValue={USUAL}
            required
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-seed`}>{t('twin.seed')}</label>
          <input
            id={`${id}-seed`}
            name="seed"
            type="number"
            min={0}
            defaultValue={0}
            required
            aria-describedby={`${id}-hint`}
          />
          <p id={`${id}-hint`} className="hint">
            {t('twin.seed.hint')}
          </p>
        </div>
        <div role="status">
          {making.data && (
            <Banner tone={making.data.made > 0 ? 'good' : 'warn'}>
              {t('twin.made', { n: making.data.made })}
              {making.data.skipped > 0 && ` ${t('twin.skipped', { n: making.data.skipped })}`}
            </Banner>
          )}
        </div>
        {making.error && <Banner tone="bad">{explain(problemOf(making.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.close')}
          </button>
          <button type="submit" className="button primary" aria-disabled={making.isPending}>
            {making.isPending ? t('twin.making') : t('twin.make')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
