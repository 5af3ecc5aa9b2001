/** A panel beside the page, which stays usable: no dialog. On a phone it is a sheet from below. */

import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'
import { t } from '../core/messages'
import { Icon } from './icons'

type Props = { title: string; onClose: () => void; children: ReactNode }

/** Shown while it is on the page. Escape closes it, and reading goes on where it was. */
export function Drawer({ title, onClose, children }: Props) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus({ preventScroll: true })
    return () => {
      const lost = document.activeElement === document.body || document.activeElement === null
      if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('dialog[open]') === null) onClose()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])

  return (
    <section className="drawer" aria-labelledby={id}>
      <header className="drawer-head">
        <h2 ref={heading} id={id} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          className="button quiet square"
          onClick={onClose}
          aria-label={t('action.close')}
        >
          <Icon name="cross" />
        </button>
      </header>
      <div className="drawer-body">{children}</div>
    </section>
  )
}
