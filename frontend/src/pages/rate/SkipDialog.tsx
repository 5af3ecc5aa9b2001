/** Why an item is skipped, and what becomes of it: the reason decides. */

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import type { Skip } from '../../core/ratingTypes'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'

export type SkipWith = (reason: Skip['reason']) => Promise<void>

const REASONS = ['unsure', 'broken', 'upsetting'] as const

type Props = { onSkip: SkipWith; onClose: () => void; title?: string; text?: string }

export function SkipDialog({
  onSkip,
  onClose,
  title = t('skip.title'),
  text = t('skip.text'),
}: Props) {
  const [reason, setReason] = useState<Skip['reason'] | null>(null)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const skipping = useMutation({ mutationFn: onSkip })
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (reason && !skipping.isPending) skipping.mutate(reason)
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={confirm}>
        <p className="modal-text">{text}</p>
        <fieldset className="choices">
          <legend className="hidden">{title}</legend>
          {REASONS.map(one => (
            <label key={one} className="choice">
              <input
                ref={one === REASONS[0] ? first : undefined}
                type="radio"
                name="reason"
                checked={reason === one}
                onChange={() => setReason(one)}
              />
              <span>
                <strong>{t(`skip.${one}`)}</strong>
                <span className="muted">{t(`skip.${one}.hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {skipping.error && <Banner tone="bad">{explain(problemOf(skipping.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button
            type="submit"
            className="button primary"
            aria-disabled={reason === null || skipping.isPending}
          >
            {t('skip.confirm')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
