import { describe, expect, it } from 'vitest'
import {
  DEFAULTS,
  loadPreferences,
  type Preferences,
  savePreferences,
  stepRate,
} from '../../src/core/preferences'
import { isThemeKept, loadTheme, nextTheme, THEMES } from '../../src/core/theme'
import { fullStore, memoryStore } from './fakes'

describe('preferences of the player', () => {
  it('are kept', () => {
    const store = memoryStore()
    const mine: Preferences = { muted: false, volume: 0.25, rate: 1.5, loop: false }
    expect(savePreferences(store, mine)).toBe(true)
    expect(loadPreferences(store)).toEqual(mine)
  })

  it('are the usual ones where nothing can be kept', () => {
    expect(savePreferences(fullStore, DEFAULTS)).toBe(false)
    expect(loadPreferences(fullStore)).toEqual(DEFAULTS)
  })

  it.each(['{', 'null', '[]', '{"volume": 7, "rate": 3, "muted": "yes", "loop": 1}'])(
    'are the usual ones where %s is kept',
    kept => {
      const store = memoryStore()
      store.setItem('crest.preferences', kept)
      expect(loadPreferences(store)).toEqual(DEFAULTS)
    },
  )

  it.each([
    [1, 1, 1.25],
    [1, -1, 0.75],
    [2, 1, 2],
    [0.5, -1, 0.5],
  ] as const)('from speed %d by %d to %d', (rate, by, next) =>
    expect(stepRate(rate, by)).toBe(next),
  )
})

describe('theme', () => {
  it('goes round', () => {
    expect(THEMES.map(nextTheme)).toEqual(['light', 'dark', 'system'])
  })

  it("is the system's where none is known", () => {
    const store = memoryStore()
    expect([loadTheme(store), isThemeKept(store)]).toEqual(['system', false])
    store.setItem('crest.theme', 'sepia')
    expect(loadTheme(store)).toBe('system')
    store.setItem('crest.theme', 'dark')
    expect([loadTheme(store), isThemeKept(store)]).toEqual(['dark', true])
  })

  it("is the system's where the browser keeps nothing", () => {
    const shut = {
      getItem: () => {
        throw new DOMException('shut', 'SecurityError')
      },
    }
    expect([loadTheme(shut), isThemeKept(shut)]).toEqual(['system', false])
  })
})
