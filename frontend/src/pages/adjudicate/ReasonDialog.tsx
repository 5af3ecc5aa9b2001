/** A dialog that asks why, and then does it. */

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { Modal } from '../../ui/Modal'
import { Banner, explain } from '../../ui/Notice'
import { ReasonField } from './ReasonField'

type Props = {
  title: string
  text: string
  label: string
  button: string
  needed?: boolean
  reason: string
  onReason: (reason: string) => void
  act: { mutate: (reason: string) => void; isPending: boolean; error: unknown }
  onClose: () => void
}

export function ReasonDialog(props: Props) {
  const { title, text, label, button, needed = false, reason, onReason, act, onClose } = props
  const [tried, setTried] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => input.current?.focus(), [])
  const missing = needed && reason.trim() === ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!missing && !act.isPending) act.mutate(reason.trim())
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={send}>
        <div className="modal-text">
          <p>{text}</p>
          <ReasonField
            label={label}
            value={reason}
            input={input}
            wrong={tried && missing ? t('adjudicate.reason.missing') : ''}
            onChange={onReason}
          />
          {act.error !== null && <Banner tone="bad">{explain(problemOf(act.error)).title}</Banner>}
        </div>
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={act.isPending}>
            {button}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
