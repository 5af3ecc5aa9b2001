/** The way to the project's pages: side by side, what belongs together behind one button. */

import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { t } from '../core/messages'
import { Icon } from '../ui/icons'
import { useMedia } from '../ui/useMedia'
import { type Entry, type Group, isHere, isShort, navigation } from './navigation'
import type { Place } from './session'

export function Navigation({ place: { slug, roles } }: { place: Place }) {
  const groups = navigation(slug, roles)
  const narrow = useMedia('(max-width: 62rem)')
  if (narrow && !isShort(groups)) return <AllInOne groups={groups} />
  return (
    <nav className="shell-nav" aria-label={t('app.navigation')}>
      <ul>
        {groups.flatMap(({ title, entries }) =>
          title === null || isShort(groups)
            ? entries.map(entry => (
                <li key={entry.to}>
                  <Way entry={entry} />
                </li>
              ))
            : [
                <li key={title}>
                  <Menu title={title} entries={entries} />
                </li>,
              ],
        )}
      </ul>
    </nav>
  )
}

function Way({ entry, onGo }: { entry: Entry; onGo?: () => void }) {
  const [location] = useLocation()
  return (
    <Link
      href={entry.to}
      aria-current={isHere(location, entry) ? 'page' : undefined}
      {...(onGo ? { onClick: onGo } : {})}
    >
      {entry.label}
    </Link>
  )
}

function Menu({ title, entries }: { title: string; entries: readonly Entry[] }) {
  const [location] = useLocation()
  const id = useId()
  const { open, setOpen, box, button, onBlur, onKeyDown } = useOpening()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving close what the button opens
    <div className="shell-menu" ref={box} onBlur={onBlur} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className="shell-menu-button"
        aria-expanded={open}
        aria-controls={id}
        data-here={entries.some(entry => isHere(location, entry)) || undefined}
        onClick={() => setOpen(!open)}
      >
        {title}
        <Icon name="down" size={14} />
      </button>
      <ul id={id} className="shell-menu-list" hidden={!open}>
        {entries.map(entry => (
          <li key={entry.to}>
            <Way entry={entry} onGo={() => setOpen(false)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Where there is no room: one button for everything, in its groups. */
function AllInOne({ groups }: { groups: readonly Group[] }) {
  const id = useId()
  const { open, setOpen, box, button, onBlur, onKeyDown } = useOpening()
  return (
    <nav
      className="shell-all"
      ref={box}
      aria-label={t('app.navigation')}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      <button
        ref={button}
        type="button"
        className="button quiet square"
        aria-expanded={open}
        aria-controls={id}
        aria-label={t('nav.menu')}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'cross' : 'menu'} size={20} />
      </button>
      <div id={id} className="shell-all-list" hidden={!open}>
        {groups.map(({ title, entries }) => (
          <section key={entries[0]?.to} aria-label={title ?? t('nav.group.work')}>
            {title && <p aria-hidden="true">{title}</p>}
            <ul>
              {entries.map(entry => (
                <li key={entry.to}>
                  <Way entry={entry} onGo={() => setOpen(false)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}

/** A list that opens below its button, and closes when one leaves it or presses Escape. */
function useOpening() {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement & HTMLElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!box.current?.contains(relatedTarget)) setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.preventDefault()
    setOpen(false)
    button.current?.focus()
  }
  return { open, setOpen, box, button, onBlur, onKeyDown }
}
