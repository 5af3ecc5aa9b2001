/** Bind keys to the page for as long as the component is on it. */

import { useEffect, useEffectEvent } from 'react'
import { chordOf, isTakenBy, isTextEntry } from '../core/keys'

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>

export function useShortcuts(
  shortcuts: Shortcuts,
  repeating: ReadonlySet<string> = NONE_REPEATING,
): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTextEntry(event.target) || dialogIsOpen()) return
    const chord = chordOf(event)
    const act = shortcuts[chord]
    if (!act || isTakenBy(event.target, chord)) return
    if (event.repeat && !repeating.has(chord)) return
    event.preventDefault()
    act()
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** An open dialog has the keys to itself. */
const dialogIsOpen = () => document.querySelector('dialog[open]') !== null

/** Holding a key down is one press, except where going on and on is what one wants. */
const NONE_REPEATING: ReadonlySet<string> = new Set()
