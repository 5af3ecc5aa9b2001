/** Bind keys to the page for as long as the component is on it. */

import { useEffect, useEffectEvent } from 'react'
import { chordOf, isTakenBy, isTextEntry } from '../core/keys'

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>

export function useShortcuts(shortcuts: Shortcuts): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTextEntry(event.target) || dialogIsOpen()) return
    const chord = chordOf(event)
    const act = shortcuts[chord]
    if (!act || isTakenBy(event.target, chord)) return
    if (event.repeat && !REPEATS.has(chord)) return
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

/** Holding these down goes on and on, which is what one wants of them only. */
const REPEATS = new Set(['ArrowLeft', 'ArrowRight', ',', '.'])
