/** The browser's own dialog: focus stays inside, Escape closes, and goes back where it was. */

import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { t } from '../core/messages'
import { Icon } from './icons'

type Props = {
  title: string
  onClose?: () => void
  wide?: boolean
  children: ReactNode
}

/** Shown while it is on the page. Without `onClose` it stays until its question is answered. */
export function Modal({ title, onClose, wide = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Closed while it is still on the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      className={wide ? 'modal modal-wide' : 'modal'}
      aria-labelledby={heading}
      onCancel={event => {
        event.preventDefault()
        onClose?.()
      }}
    >
      <header className="modal-head">
        <h2 id={heading}>{title}</h2>
        {onClose && (
          <button
            type="button"
            className="button quiet square"
            onClick={onClose}
            aria-label={t('action.close')}
          >
            <Icon name="cross" />
          </button>
        )}
      </header>
      {children}
    </dialog>
  )
}
