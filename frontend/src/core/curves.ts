/** The figures of a run as they arrive, in the order of their steps. */

import type { Series } from './types'

export type Point = { name: string; step: number; value: number }

/** A resumed run writes steps again, and a stream that broke sends some twice: the newer one holds. */
export function addPoints(series: Series, points: readonly Point[]): Series {
  const grown: Series = { ...series }
  for (const { name, step, value } of points) {
    grown[name] = insert(grown[name] ?? [], step, value)
  }
  return grown
}

function insert(curve: [number, number][], step: number, value: number): [number, number][] {
  const last = curve.at(-1)
  if (!last || last[0] < step) return [...curve, [step, value]]
  const others = curve.filter(([other]) => other !== step)
  const place = others.findIndex(([other]) => other > step)
  return others.toSpliced(place === -1 ? others.length : place, 0, [step, value])
}
