/** A chord as it is printed on keyboards. */

import { t } from './messages'

const NAMES: Record<string, string> = {
  Enter: '↵',
  Backspace: '⌫',
  Delete: '⌦',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

export function keyName(chord: string | null): string {
  if (chord === null) return t('keys.none')
  if (chord === ' ') return t('keyname.space')
  return NAMES[chord] ?? (chord.length === 1 ? chord.toUpperCase() : chord)
}
