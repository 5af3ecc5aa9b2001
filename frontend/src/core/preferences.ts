/** How a person likes the player, remembered in this browser. */

import { isRecord, readJson, type Store, writeJson } from './storage'

export type Preferences = {
  muted: boolean
  volume: number
  rate: number
  loop: boolean
}
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2] as const
export const DEFAULTS: Preferences = { muted: true, volume: 1, rate: 1, loop: true }
const KEY = 'crest.preferences'

export function loadPreferences(store: Store): Preferences {
  const kept = readJson(store, KEY, isRecord) ?? {}
  const { muted, volume, rate, loop } = kept
  return {
    muted: typeof muted === 'boolean' ? muted : DEFAULTS.muted,
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : DEFAULTS.volume,
    rate: RATES.find(one => one === rate) ?? DEFAULTS.rate,
    loop: typeof loop === 'boolean' ? loop : DEFAULTS.loop,
  }
}

export const savePreferences = (store: Store, preferences: Preferences): boolean =>
  writeJson(store, KEY, preferences)

/** The next faster (1) or slower (-1) speed, or the same at the end of the list. */
export function stepRate(rate: number, by: 1 | -1): number {
  const here = RATES.findIndex(one => one >= rate)
  return RATES[Math.min(Math.max(here + by, 0), RATES.length - 1)] ?? rate
}
