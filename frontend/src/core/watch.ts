/** How much of a video was seen: unique seconds that played at most at double speed. */

export type Span = readonly [from: number, to: number]
export type Coverage = readonly Span[]

/** One look at the player. `at` is the clock, `time` the place in the video, both in seconds. */
export type Sample = {
  at: number
  time: number
  rate: number
  playing: boolean
  visible: boolean
}
export type Watch = { readonly coverage: Coverage; readonly last: Sample | null }

export const FASTEST = 2
const SHORT_VIDEO = 10
/** Players stop reporting a little before the very last frame. */
const TOLERANCE = 0.35
/** A loop's last and first moments fall between two looks. */
const LOOP_EDGE = 0.5
/** Clocks of player and page differ a little; a seek differs by more. */
const SLACK = 0.3

export const NOTHING_WATCHED: Watch = { coverage: [], last: null }

/** Add a span, merging whatever it touches. Spans stay sorted and apart. */
export function cover(coverage: Coverage, [from, to]: Span): Coverage {
  if (!(to > from)) return coverage
  const apart = coverage.filter(([a, b]) => b < from || a > to)
  const touched = coverage.filter(([a, b]) => b >= from && a <= to)
  const merged: Span = [
    Math.min(from, ...touched.map(([a]) => a)),
    Math.max(to, ...touched.map(([, b]) => b)),
  ]
  return [...apart, merged].sort((one, other) => one[0] - other[0])
}

export const secondsOf = (coverage: Coverage): number =>
  coverage.reduce((sum, [from, to]) => sum + (to - from), 0)

/** Take in one look. Only what played on since the last look counts; seeks and gaps do not. */
export function look(watch: Watch, sample: Sample, duration: number): Watch {
  const spans = watch.last ? played(watch.last, sample, duration) : []
  return { coverage: spans.reduce(cover, watch.coverage), last: sample }
}

/** Forget the last look: what comes next does not go on from there (a seek, another video). */
export const cut = (watch: Watch): Watch => ({ ...watch, last: null })

function played(last: Sample, now: Sample, duration: number): Span[] {
  const counts = last.playing && last.visible && now.visible
  if (!counts || last.rate > FASTEST || now.rate > FASTEST) return []
  const reach = (now.at - last.at) * Math.max(last.rate, now.rate) + SLACK
  const step = now.time - last.time
  if (step >= 0) return step <= reach ? [[last.time, now.time]] : []
  const looped = duration - last.time <= LOOP_EDGE && now.time <= LOOP_EDGE
  return looped
    ? [
        [last.time, duration],
        [0, now.time],
      ]
    : []
}

/** The unique seconds that the protocol asks for; none for a share of 0. The server's own rule. */
export function required(duration: number, share: number): number {
  if (share === 0) return 0
  const wanted = duration < SHORT_VIDEO ? 1 : share
  return Math.max(0, wanted * duration - TOLERANCE)
}

export function missing(coverage: Coverage, duration: number, share: number): number {
  return Math.max(0, required(duration, share) - secondsOf(coverage))
}

/** For the evidence: to the millisecond, inside the video. */
export function rounded(coverage: Coverage, duration: number): [number, number][] {
  const place = (time: number) => Math.round(Math.min(Math.max(time, 0), duration) * 1000) / 1000
  return coverage.map(([from, to]) => [place(from), place(to)])
}
