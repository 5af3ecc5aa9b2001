/** Figures and times as people read them, in the language of the page. */

import { type Language, language } from './messages'

export const DASH = '–'

const formatsOf = (locale: Language) => ({
  whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
  percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
  moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
  distance: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' }),
  list: new Intl.ListFormat(locale),
})
const known = new Map<Language, ReturnType<typeof formatsOf>>()

/** They are dear to make, so each language makes its own once. */
function formats() {
  const made = known.get(language()) ?? formatsOf(language())
  known.set(language(), made)
  return made
}

export const count = (value: number): string => formats().whole.format(value)
/** A count where there is room for three digits: 12k, 3M. The exact one stands elsewhere. */
export function brief(value: number): string {
  if (value < 1000) return String(value)
  return value < 999_500 ? `${Math.round(value / 1000)}k` : `${Math.round(value / 1_000_000)}M`
}

export const percent = (share: number): string => formats().percent.format(share)
export const dateTime = (iso: string): string => formats().moment.format(new Date(iso))
export const day = (iso: string): string => formats().day.format(new Date(iso))
export const list = (words: readonly string[]): string => formats().list.format(words)

/** The point that English puts between ones and tenths is a comma elsewhere. */
const pointed = (text: string): string => (language() === 'de' ? text.replace('.', ',') : text)

export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH
  // A true minus, and no "-0.00".
  const text = value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1')
  return pointed(text.replace('-', '−'))
}

/** Small figures such as a learning rate or a loss, whatever their size. */
export function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001)
    return pointed(value.toExponential(1).replace('-', '−'))
  return pointed(String(Number(value.toPrecision(4))).replace('-', '−'))
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

export function bytes(size: number): string {
  const power = size < 1 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), UNITS.length - 1)
  const value = size / 1000 ** power
  return `${pointed(value.toFixed(power === 0 || value >= 100 ? 0 : 1))} ${UNITS[power]}`
}

/** A place in a video: 0:07.4, or 0:07,4 in German. */
export function clock(seconds: number, tenths = true): string {
  const place = tenths ? Math.floor(seconds * 10) / 10 : Math.floor(seconds)
  const minutes = Math.floor(place / 60)
  const rest = (place - minutes * 60).toFixed(tenths ? 1 : 0)
  return pointed(`${minutes}:${rest.padStart(tenths ? 4 : 2, '0')}`)
}

/** How long something took: 8.2 s, 42 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${decimal(seconds, 1)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  if (minutes === 0) return `${whole} s`
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} ${hour()} ${minutes % 60} min`
}

const hour = () => (language() === 'de' ? 'Std.' : 'h')

const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Number.POSITIVE_INFINITY, 86_400, 'day'],
]

export function ago(iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 86_400, 'day']
  return formats().distance.format(Math.round(seconds / size), unit as Intl.RelativeTimeFormatUnit)
}

export const shortDigest = (digest: string): string => digest.slice(0, 12)
