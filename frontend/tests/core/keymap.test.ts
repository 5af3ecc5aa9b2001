import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  AS_SHIPPED,
  bind,
  cleaned,
  DEFAULT_KEYS,
  isFree,
  KEY_ACTIONS,
  type KeyChanges,
  type KeyChoice,
  keymapOf,
  loadKeys,
  newer,
  remap,
  saveKeys,
  takenBy,
} from '../../src/core/keymap'
import { keyName } from '../../src/core/keyNames'
import { t } from '../../src/core/messages'
import { memoryStore } from './fakes'

const choice = (changes: KeyChanges, more: Partial<KeyChoice> = {}): KeyChoice => ({
  ...AS_SHIPPED,
  changes,
  ...more,
})

describe('the usual keys', () => {
  it('give every action one of its own, with a name for people', () => {
    const chords = Object.values(DEFAULT_KEYS)
    expect(new Set(chords).size).toBe(KEY_ACTIONS.length)
    for (const action of KEY_ACTIONS) expect(t(`key.${action}`)).not.toBe('')
  })

  it('can all be chosen again by hand', () => {
    expect(Object.values(DEFAULT_KEYS).every(chord => chord !== null && isFree(chord))).toBe(true)
  })
})

describe('isFree', () => {
  it.each(['Tab', 'Escape', 'Shift', 'F5', 'Dead', ''])('leaves %s to the browser', chord => {
    expect(isFree(chord)).toBe(false)
  })
})

describe('remap', () => {
  it('moves an action to another key, and remembers only what differs', () => {
    const moved = remap({}, 'skip', 'k')
    expect(keymapOf(moved).skip).toBe('k')
    expect(moved).toEqual({ skip: 'k' })
    expect(remap(moved, 'skip', 's')).toEqual({})
  })

  it('switches an action off', () => {
    expect(keymapOf(remap({}, 'flag', null)).flag).toBeNull()
  })

  it('takes the key from whoever had it', () => {
    const moved = remap({}, 'skip', 'x')
    expect(keymapOf(moved)).toMatchObject({ skip: 'x', flag: null })
  })

  it('never lets one key do two things', () => {
    const change = fc.tuple(
      fc.constantFrom(...KEY_ACTIONS),
      fc.option(fc.constantFrom('k', 'x', 's', 'Enter', '1', '0', 'Home')),
    )
    fc.assert(
      fc.property(fc.array(change), changes => {
        const all = changes.reduce<KeyChanges>((now, [action, key]) => remap(now, action, key), {})
        const used = Object.values(keymapOf(all)).filter(chord => chord !== null)
        expect(new Set(used).size).toBe(used.length)
      }),
      { seed: 5 },
    )
  })
})

describe('takenBy', () => {
  it('names who has a key, and not oneself', () => {
    expect(takenBy(DEFAULT_KEYS, 'x', 'skip')).toBe('flag')
    expect(takenBy(DEFAULT_KEYS, 'x', 'flag')).toBeNull()
    expect(takenBy(DEFAULT_KEYS, 'k', 'skip')).toBeNull()
  })
})

describe('bind', () => {
  it('binds the keys as they are now', () => {
    const skip = vi.fn()
    const { shortcuts } = bind(choice({ skip: 'k' }), { skip })
    shortcuts.k?.()
    expect(skip).toHaveBeenCalledTimes(1)
    expect(shortcuts.s).toBeUndefined()
  })

  it('binds nothing at all when they are switched off', () => {
    const { shortcuts } = bind(choice({}, { on: false }), { help: vi.fn(), rate4: vi.fn() })
    expect(shortcuts).toEqual({})
  })

  it('lets seeking go on while its key is held, wherever it lies', () => {
    expect(bind(choice({ seekOn: 'j' }), {}).repeating).toEqual(
      new Set(['ArrowLeft', 'j', ',', '.']),
    )
  })
})

describe('what is remembered', () => {
  it('is found again, each for its person', () => {
    const store = memoryStore()
    saveKeys(store, 1, choice({ skip: 'k' }, { at: 7 }))
    expect(loadKeys(store, 1)?.changes).toEqual({ skip: 'k' })
    expect(loadKeys(store, 2)).toBeNull()
  })

  it('is the newer of this browser and the profile', () => {
    const here = choice({ skip: 'k' }, { at: 2 })
    const there = choice({ skip: 'j' }, { at: 3 })
    expect(newer(here, there).changes).toEqual({ skip: 'j' })
    expect(newer(there, here).changes).toEqual({ skip: 'j' })
    expect(newer(here, undefined).changes).toEqual({ skip: 'k' })
    expect(newer(null, 'nonsense')).toEqual(AS_SHIPPED)
  })

  it('forgets what is unknown or unusable here', () => {
    const odd = { on: false, at: 1, changes: { dance: 'd', skip: 'Tab', flag: 3, undo: 'u' } }
    expect(cleaned(odd as unknown as KeyChoice)).toEqual({
      on: false,
      at: 1,
      changes: { undo: 'u' },
    })
  })
})

it('names keys as keyboards do', () => {
  expect(['x', 'Enter', 'ArrowLeft', ' ', 'Home'].map(keyName)).toEqual([
    'X',
    '↵',
    '←',
    'Space',
    'Home',
  ])
  expect(keyName(null)).toBe('Off')
})
