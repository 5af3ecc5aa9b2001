/** Which key does what on the rating screen: our own choice, until somebody makes theirs. */

import { isRecord, readJson, type Store, writeJson } from './storage'

/** In the order in which people are shown them. */
export const KEY_ACTIONS = [
  ...(['rate0', 'rate1', 'rate2', 'rate3', 'rate4', 'rate5'] as const),
  ...(['object', 'feature', 'action', 'camera', 'background'] as const),
  ...(['next', 'back', 'undo', 'skip', 'flag', 'comment', 'history', 'help'] as const),
  ...(['play', 'seekBack', 'seekOn', 'frameBack', 'frameOn'] as const),
  ...(['slower', 'faster', 'loop', 'mute'] as const),
] as const
export type KeyAction = (typeof KEY_ACTIONS)[number]

/** A chord for each action; null where it has none. */
export type Keymap = Readonly<Record<KeyAction, string | null>>
export type KeyChanges = Readonly<Partial<Record<KeyAction, string | null>>>
/** What a person chose. `at`: when, so that of two browsers' choices the newer one holds. */
export type KeyChoice = { readonly on: boolean; readonly changes: KeyChanges; readonly at: number }

export const DEFAULT_KEYS: Keymap = {
  rate0: '0',
  rate1: '1',
  rate2: '2',
  rate3: '3',
  rate4: '4',
  rate5: '5',
  object: 'o',
  feature: 'f',
  action: 'a',
  camera: 'c',
  background: 'b',
  next: 'Enter',
  back: 'Backspace',
  undo: 'z',
  skip: 's',
  flag: 'x',
  comment: 'n',
  history: 'h',
  help: '?',
  play: ' ',
  seekBack: 'ArrowLeft',
  seekOn: 'ArrowRight',
  frameBack: ',',
  frameOn: '.',
  slower: '<',
  faster: '>',
  loop: 'l',
  mute: 'm',
}
export const AS_SHIPPED: KeyChoice = { on: true, changes: {}, at: 0 }

/** Holding these down goes on and on, which is what one wants of them only. */
const REPEATING: readonly KeyAction[] = ['seekBack', 'seekOn', 'frameBack', 'frameOn']
/** The browser and the reader's tools need these everywhere. */
const RESERVED =
  /^(|Tab|Escape|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/

export const keymapOf = (changes: KeyChanges): Keymap => ({ ...DEFAULT_KEYS, ...changes })

/** Whether a person may put an action on this key at all. */
export const isFree = (chord: string): boolean =>
  chord === ' ' || !(RESERVED.test(chord) || /\s/.test(chord))

/** The other action that already has this key, if one has. */
export function takenBy(keymap: Keymap, chord: string, by: KeyAction): KeyAction | null {
  return KEY_ACTIONS.find(other => other !== by && keymap[other] === chord) ?? null
}

/** The changes with one more. Whoever had the key loses it: a key does one thing. */
export function remap(changes: KeyChanges, action: KeyAction, chord: string | null): KeyChanges {
  const other = chord === null ? null : takenBy(keymapOf(changes), chord, action)
  const after = { ...changes, [action]: chord, ...(other ? { [other]: null } : {}) }
  const kept = Object.entries(after).filter(
    ([name, key]) => DEFAULT_KEYS[name as KeyAction] !== key,
  )
  return Object.fromEntries(kept)
}

type Acts = Partial<Record<KeyAction, () => void>>
export type Bindings = {
  readonly shortcuts: Readonly<Record<string, () => void>>
  readonly repeating: ReadonlySet<string>
}

/** What each chord does now. */
export function bind({ on, changes }: KeyChoice, acts: Acts): Bindings {
  if (!on) return { shortcuts: {}, repeating: new Set() }
  const keymap = keymapOf(changes)
  const bound = KEY_ACTIONS.flatMap(action => {
    const [chord, act] = [keymap[action], acts[action]]
    return chord !== null && act ? [[chord, act] as const] : []
  })
  const repeating = REPEATING.flatMap(action => keymap[action] ?? [])
  return { shortcuts: Object.fromEntries(bound), repeating: new Set(repeating) }
}

export function isKeyChoice(value: unknown): value is KeyChoice {
  if (!isRecord(value)) return false
  const { on, changes, at } = value
  return typeof on === 'boolean' && typeof at === 'number' && isRecord(changes)
}

/** A choice as it is usable here: another version may know other actions. */
export function cleaned({ on, at, changes }: KeyChoice): KeyChoice {
  const known = KEY_ACTIONS.flatMap(action => {
    const chord = changes[action]
    const usable = chord === null || (typeof chord === 'string' && isFree(chord))
    return usable ? [[action, chord] as const] : []
  })
  // One after the other, so that two actions never end up on one key.
  const changed = known.reduce<KeyChanges>((all, [action, chord]) => remap(all, action, chord), {})
  return { on, at, changes: changed }
}

/** Of what this browser and the profile remember, the newer. */
export function newer(here: KeyChoice | null, there: unknown): KeyChoice {
  const known = isKeyChoice(there) ? there : null
  const chosen = here && (!known || here.at >= known.at) ? here : known
  return chosen ? cleaned(chosen) : AS_SHIPPED
}

const keyOf = (user: number) => `crest.keys.${user}`

export const loadKeys = (store: Store, user: number): KeyChoice | null =>
  readJson(store, keyOf(user), isKeyChoice)

export const saveKeys = (store: Store, user: number, choice: KeyChoice): boolean =>
  writeJson(store, keyOf(user), choice)
