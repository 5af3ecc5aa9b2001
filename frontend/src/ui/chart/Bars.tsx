/** A small histogram: upright bars with a label below each. */

import { brief } from '../../core/format'

export type Bar = { label: string; value: number; tone?: string }

/** Only a picture: whoever draws it gives the same figures as a table too. */
export function Bars({ bars, sparse = false }: { bars: readonly Bar[]; sparse?: boolean }) {
  const most = Math.max(1, ...bars.map(bar => bar.value))
  return (
    <div className={sparse ? 'bars sparse' : 'bars'} aria-hidden="true">
      {bars.map(({ label, value, tone }) => (
        <div key={label} className="bar-column" title={`${label}: ${value}`}>
          {!sparse && <span className="bar-value">{brief(value)}</span>}
          <span className="bar-room">
            <span
              className={tone ? `bar ${tone}` : 'bar'}
              style={{ blockSize: `${(value / most) * 100}%` }}
            />
          </span>
          <span className="bar-label">{label}</span>
        </div>
      ))}
    </div>
  )
}
