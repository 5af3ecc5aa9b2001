/** A square of two quantities on the same scale, with the diagonal on which both are the same. */

import type { ReactNode } from 'react'

export type Scale = { low: number; high: number; ticks: readonly number[] }

type Props = {
  /** The picture in a sentence. Whoever draws it gives the same figures as a table too. */
  says: string
  scale: Scale
  written: (tick: number) => string
  xLabel: string
  yLabel: string
  /** SVG marks, placed by `across` and `down`. */
  children: ReactNode
}

export const across = ({ low, high }: Scale, value: number): string =>
  `${((value - low) / (high - low)) * 100}%`
export const down = ({ low, high }: Scale, value: number): string =>
  `${((high - value) / (high - low)) * 100}%`

export function SquarePlot({ says, scale, written, xLabel, yLabel, children }: Props) {
  return (
    <div className="square-plot" role="img" aria-label={says}>
      <span className="square-name">{yLabel}</span>
      <div className="square-area">
        <svg className="square-picture" aria-hidden="true">
          {scale.ticks.map(tick => (
            <g key={tick} className="square-grid">
              <line x1={across(scale, tick)} x2={across(scale, tick)} y1="0%" y2="100%" />
              <line x1="0%" x2="100%" y1={down(scale, tick)} y2={down(scale, tick)} />
            </g>
          ))}
          {children}
          <line className="square-diagonal" x1="0%" y1="100%" x2="100%" y2="0%" />
        </svg>
        {scale.ticks.map(tick => (
          <span key={tick}>
            <span className="square-tick below" style={{ insetInlineStart: across(scale, tick) }}>
              {written(tick)}
            </span>
            <span className="square-tick before" style={{ insetBlockStart: down(scale, tick) }}>
              {written(tick)}
            </span>
          </span>
        ))}
      </div>
      <span className="square-name below">{xLabel}</span>
    </div>
  )
}
