/** What of a video has not been seen yet, as places that one can go to. */

import { type Coverage, missing, type Span } from './watch'

/** Shorter holes are the player's, not the viewer's. */
const NOTICED = 0.2

/** The unseen parts, in order. None once enough was seen. */
export function gaps(coverage: Coverage, duration: number, share: number): Span[] {
  if (missing(coverage, duration, share) === 0) return []
  const edges = coverage.flat()
  const places = [0, ...edges, duration]
  const holes = places.flatMap((from, index): Span[] => {
    const to = places[index + 1]
    return index % 2 === 0 && to !== undefined ? [[from, to]] : []
  })
  const noticed = holes.filter(([from, to]) => to - from > NOTICED)
  return noticed.length > 0 ? noticed : holes.filter(([from, to]) => to > from)
}
