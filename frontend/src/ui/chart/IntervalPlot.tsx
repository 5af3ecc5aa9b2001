/** Dots with their intervals on one axis, a row for each name. */

import { decimal } from '../../core/format'
import type { Interval } from '../../core/types'

export type IntervalRow = { name: string; tone: string; interval: Interval }

/** Only a picture: whoever draws it gives the same figures as a table too. */
export function IntervalPlot({ rows }: { rows: readonly IntervalRow[] }) {
  const { low, high, ticks } = axisOf(rows)
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
              className={Number.isInteger(tick) ? 'interval-tick whole' : 'interval-tick'}
              style={{ insetInlineStart: place(tick) }}
            >
              {decimal(tick, 1)}
            </span>
          ))}
        </span>
        <span className="interval-value" />
      </div>
    </div>
  )
}

/** From half a level below the lowest to half a level above the highest, in half levels. */
export function axisOf(rows: readonly IntervalRow[]): {
  low: number
  high: number
  ticks: number[]
} {
  const low = Math.floor(Math.min(...rows.map(row => row.interval.low), 5) * 2) / 2
  const high = Math.max(
    Math.ceil(Math.max(...rows.map(row => row.interval.high), 1) * 2) / 2,
    low + 0.5,
  )
  const count = Math.round((high - low) * 2)
  return { low, high, ticks: Array.from({ length: count + 1 }, (_, index) => low + index / 2) }
}
