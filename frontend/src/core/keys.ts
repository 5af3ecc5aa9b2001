/** What a key press means: one string for a chord, whatever the keyboard's layout. */

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>

/** The chord of a press, such as `4`, `o`, `<` or `Enter`; empty when a modifier makes it the browser's. */
export function chordOf(press: KeyPress): string {
  if (press.ctrlKey || press.metaKey || press.altKey) return ''
  if (press.key.length > 1) return press.key
  return digitOf(press) ?? letterOf(press)
}

/** French keyboards write a digit only with shift; the key is meant all the same. */
function digitOf({ code, key, shiftKey }: KeyPress): string | undefined {
  if (/^\d$/.test(key)) return key
  return shiftKey ? undefined : /^Digit(\d)$/.exec(code)?.[1]
}

/** Cyrillic or Greek keyboards have no O; the key at its place is meant. */
function letterOf({ code, key }: KeyPress): string {
  const latin = key.charCodeAt(0) < 128
  return (latin ? key : (/^Key(\w)$/.exec(code)?.[1] ?? key)).toLowerCase()
}

type Element = { tagName: string; type?: string; isContentEditable?: boolean }
const NOT_TEXT = new Set(['radio', 'checkbox', 'button', 'submit', 'reset', 'range', 'file'])

/** Whether the press writes text there. Radios and check boxes are inputs, and take no text. */
export function isTextEntry(target: unknown): boolean {
  const element = elementOf(target)
  if (!element) return false
  if (element.isContentEditable) return true
  if (element.tagName === 'INPUT') return !NOT_TEXT.has(element.type ?? 'text')
  return element.tagName === 'TEXTAREA' || element.tagName === 'SELECT'
}

/** Whether the focused element itself needs this chord, so that ours has to give way. */
export function isTakenBy(target: unknown, chord: string): boolean {
  const element = elementOf(target)
  if (!element) return false
  if (element.tagName === 'INPUT') return takenByInput(element, chord)
  const pressed = chord === 'Enter' || chord === ' '
  return pressed && ['BUTTON', 'A', 'SUMMARY'].includes(element.tagName)
}

function takenByInput(input: Element & { checked?: boolean }, chord: string): boolean {
  if (input.type === 'range') return chord.startsWith('Arrow') || chord === 'Home'
  if (input.type === 'checkbox') return chord === ' '
  // Space answers with the focused level; on the one already chosen it does nothing, and is free.
  if (input.type === 'radio') return chord.startsWith('Arrow') || (chord === ' ' && !input.checked)
  return false
}

function elementOf(target: unknown): (Element & { checked?: boolean }) | null {
  return typeof target === 'object' && target !== null && 'tagName' in target
    ? (target as Element)
    : null
}
