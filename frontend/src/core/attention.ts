/** How attentively a video was watched: stalls, looks away, speeds. Evidence for later, no gate. */

import type { Sample } from './watch'

export type Attention = {
  readonly stalls: number
  readonly secondsStalled: number
  readonly focusLosses: number
  readonly secondsHidden: number
  /** Seconds of playing in sight, by speed. */
  readonly rates: Readonly<Record<string, number>>
}
/** A look at the player; `stalled` while it wants to play and has nothing to show. */
export type Look = Omit<Sample, 'time'> & { focused: boolean; stalled: boolean }

export const NO_ATTENTION: Attention = {
  stalls: 0,
  secondsStalled: 0,
  focusLosses: 0,
  secondsHidden: 0,
  rates: {},
}

/** Take in what happened between two looks; it was as the earlier one saw it. */
export function attend(attention: Attention, last: Look | null, now: Look): Attention {
  if (last === null) return attention
  const seconds = Math.max(0, now.at - last.at)
  const played = last.playing && last.visible && !last.stalled
  return {
    stalls: attention.stalls + (now.stalled && !last.stalled ? 1 : 0),
    secondsStalled: attention.secondsStalled + (last.stalled && last.visible ? seconds : 0),
    focusLosses: attention.focusLosses + (last.focused && !now.focused ? 1 : 0),
    secondsHidden: attention.secondsHidden + (last.visible ? 0 : seconds),
    rates: played
      ? { ...attention.rates, [last.rate]: (attention.rates[last.rate] ?? 0) + seconds }
      : attention.rates,
  }
}

const tenths = (seconds: number) => Math.round(seconds * 10) / 10

/** For the evidence. */
export const attentionOut = (attention: Attention) => ({
  stalls: attention.stalls,
  seconds_stalled: tenths(attention.secondsStalled),
  focus_losses: attention.focusLosses,
  seconds_hidden: tenths(attention.secondsHidden),
  rates: Object.entries(attention.rates).map(([rate, seconds]): [number, number] => [
    Number(rate),
    tenths(seconds),
  ]),
})
