/** A question before something that cannot simply be taken back. */

import type { ReactNode } from 'react'
import { t } from '../core/messages'
import { problemOf } from '../core/problem'
import { Modal } from './Modal'
import { Banner, explain } from './Notice'

type Props = {
  title: string
  label: string
  busy: boolean
  error: unknown
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}

export function Confirm({ title, label, busy, error, onConfirm, onClose, children }: Props) {
  return (
    <Modal title={title} onClose={onClose}>
      <div className="modal-text">{children}</div>
      {error !== null && <Banner tone="bad">{explain(problemOf(error)).title}</Banner>}
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button
          type="button"
          className="button danger"
          aria-disabled={busy}
          onClick={() => !busy && onConfirm()}
        >
          {label}
        </button>
      </footer>
    </Modal>
  )
}
