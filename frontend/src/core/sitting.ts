/** How long somebody has been at it: active time, items done, and when a break would do good. */

import { isRecord, readJson, type Store, writeJson } from './storage'

export type Sitting = {
  /** Seconds of work since the sitting began, and since the last break. */
  readonly active: number
  readonly sinceBreak: number
  readonly done: number
  /** When the page last looked, in milliseconds. */
  readonly at: number
}
/** One look: whether somebody is there, that is, sees the page and did something lately. */
export type Look = { at: number; present: boolean }

/** Who has done nothing for so long is no longer working; watching a clip is doing something. */
export const STILL_THERE = 60
/** So long away is a break, and after so long another sitting begins. In seconds. */
const BREAK = 5 * 60
const OVER = 60 * 60
/** Timers of hidden pages are late; a longer gap between two looks was not work. */
const LONGEST_LOOK = 5

export const sitDown = (at: number): Sitting => ({ active: 0, sinceBreak: 0, done: 0, at })

export function tick(sitting: Sitting, { at, present }: Look): Sitting {
  if (!present) return sitting
  const gap = (at - sitting.at) / 1000
  if (gap >= OVER) return sitDown(at)
  if (gap >= BREAK) return { ...sitting, sinceBreak: 0, at }
  const worked = gap <= LONGEST_LOOK ? Math.max(0, gap) : 0
  return {
    ...sitting,
    active: sitting.active + worked,
    sinceBreak: sitting.sinceBreak + worked,
    at,
  }
}

export const oneMore = (sitting: Sitting): Sitting => ({ ...sitting, done: sitting.done + 1 })

/** "Not now": asked again after as much work as before. */
export const later = (sitting: Sitting): Sitting => ({ ...sitting, sinceBreak: 0 })

export const needsBreak = ({ sinceBreak }: Sitting, afterMinutes: number): boolean =>
  afterMinutes > 0 && sinceBreak >= afterMinutes * 60

const KEY = 'crest.sitting'

/** A reload goes on with the sitting; after a long time away another one begins. */
export function loadSitting(store: Store, at: number): Sitting {
  const kept = readJson(store, KEY, isSitting)
  return kept && at - kept.at < OVER * 1000 ? kept : sitDown(at)
}

export const saveSitting = (store: Store, sitting: Sitting): boolean =>
  writeJson(store, KEY, sitting)

function isSitting(value: unknown): value is Sitting {
  if (!isRecord(value)) return false
  const { active, sinceBreak, done, at } = value
  return [active, sinceBreak, done, at].every(number => typeof number === 'number')
}
