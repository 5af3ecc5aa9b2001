/** Dots with their intervals on one axis, a row for each name. */

import { decimal } from '../../core/format'
import type { Interval } from '../../core/types'

export type IntervalRow = { name: string; tone: string; interval: Interval }

/** Only a picture: whoever draws it gives the same figures as a table too. */
export function IntervalPlot({ rows }: { rows: readonly IntervalRow[] }) {
  const { low, high, step, ticks } = axisOf(rows)
  const place = (value: number) => `${((value - low) / (high - low)) * 100}%`
  return (
    <div className="intervals" aria-hidden="true">
      {rows.map(({ name, tone, interval }) => (
        <div key={name} className="interval-row">
          <span className="interval-name">{name}</span>
          <span className="interval-lane">
            {ticks.map(tick => (
              <span
                key={tick}
                className="interval-grid"
                style={{ insetInlineStart: place(tick) }}
              />
            ))}
            <span
              className={`interval-line ${tone}`}
              style={{
                insetInlineStart: place(interval.low),
                inlineSize: `${((interval.high - interval.low) / (high - low)) * 100}%`,
              }}
            />
            <span
              className={`interval-dot ${tone}`}
              style={{ insetInlineStart: place(interval.value) }}
            />
          </span>
          <span className="interval-value">{decimal(interval.value)}</span>
        </div>
      ))}
      <div className="interval-row interval-axis">
        <span className="interval-name" />
        <span className="interval-lane">
          {ticks.map(tick => (
            <span
              key={tick}
              className={tick % (2 * step) === 0 ? 'interval-tick whole' : 'interval-tick'}
              style={{ insetInlineStart: place(tick) }}
            >
              {decimal(tick, step < 1 ? 1 : 0)}
            </span>
          ))}
        </span>
        <span className="interval-value" />
      </div>
    </div>
  )
}

const MOST_STEPS = 8

/** From below the lowest to above the highest, in half levels, or in longer steps over a long way. */
export function axisOf(rows: readonly IntervalRow[]): {
  low: number
  high: number
  step: number
  ticks: number[]
} {
  const lowest = Math.min(...rows.map(row => row.interval.low), 5)
  const highest = Math.max(...rows.map(row => row.interval.high), 1)
  let step = 0.5
  while (Math.ceil(highest / step) - Math.floor(lowest / step) > MOST_STEPS) step *= 2
  const low = Math.floor(lowest / step) * step
  const count = Math.max(Math.ceil(highest / step) - Math.floor(lowest / step), 1)
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step)
  return { low, high: low + count * step, step, ticks }
}
