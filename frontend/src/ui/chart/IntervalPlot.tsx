/** Dots with their intervals on one axis, a row for each name. */

import { decimal } from '../../core/format'
import type { Interval } from '../../core/types'

/** `beside`: what it is held against, on the same lane and a little lower. */
export type IntervalRow = {
  name: string
  tone: string
  interval: Interval
  beside?: { tone: string; interval: Interval }
}

/** Only a picture: whoever draws it gives the same figures as a table too. */
export function IntervalPlot({ rows }: { rows: readonly IntervalRow[] }) {
  const { low, high, step, ticks } = axisOf(rows)
  const place = (value: number) => `${((value - low) / (high - low)) * 100}%`
  return (
    <div className="intervals" aria-hidden="true">
      {rows.map(({ name, tone, interval, beside }) => (
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
            {beside && <Mark {...beside} tone={`${beside.tone} beside`} {...{ low, high }} />}
            <Mark tone={beside ? `${tone} above` : tone} interval={interval} {...{ low, high }} />
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

type MarkProps = { tone: string; interval: Interval; low: number; high: number }

function Mark({ tone, interval, low, high }: MarkProps) {
  const percent = (share: number) => `${(share / (high - low)) * 100}%`
  return (
    <>
      <span
        className={`interval-line ${tone}`}
        style={{
          insetInlineStart: percent(interval.low - low),
          inlineSize: percent(interval.high - interval.low),
        }}
      />
      <span
        className={`interval-dot ${tone}`}
        style={{ insetInlineStart: percent(interval.value - low) }}
      />
    </>
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
  const drawn = rows.flatMap(({ interval, beside }) => [
    interval,
    ...(beside ? [beside.interval] : []),
  ])
  const lowest = Math.min(...drawn.map(interval => interval.low), 5)
  const highest = Math.max(...drawn.map(interval => interval.high), 1)
  let step = 0.5
  while (Math.ceil(highest / step) - Math.floor(lowest / step) > MOST_STEPS) step *= 2
  const low = Math.floor(lowest / step) * step
  const count = Math.max(Math.ceil(highest / step) - Math.floor(lowest / step), 1)
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step)
  return { low, high: low + count * step, step, ticks }
}
