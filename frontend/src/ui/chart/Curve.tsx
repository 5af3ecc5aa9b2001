/** One curve, drawn, or written out as a table for those who would rather read it. */

import { type ReactNode, useState } from 'react'
import { decimal, figure } from '../../core/format'
import { Table } from '../Table'
import { ChartOrTable } from './ChartOrTable'
import { Drawing } from './Drawing'

type Props = {
  title: string
  points: readonly (readonly [number, number])[]
  xLabel: string
  yLabel: string
  xDigits?: number
  step?: boolean
  /** Whether the newest figure is worth saying beside the title. */
  latest?: boolean
  /** Whether x grows by factors. */
  log?: boolean
  /** The x of the one point that stands out. */
  mark?: number
  /** Where there is more to read than the curve shows. */
  table?: ReactNode
}

const MOST_ROWS = 200

export function Curve({
  title,
  points,
  xLabel,
  yLabel,
  xDigits = 0,
  step = false,
  latest = false,
  log = false,
  mark,
  table: written,
}: Props) {
  const every = Math.ceil(points.length / MOST_ROWS)
  const rows = points.filter((_, index) => index % every === 0 || index === points.length - 1)
  const last = points.at(-1)
  const [missing, setMissing] = useState(false)
  const table = written ?? (
    <Table caption={title}>
      <thead>
        <tr>
          <th scope="col">{xLabel}</th>
          <th scope="col" className="number">
            {yLabel}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([x, y]) => (
          <tr key={x}>
            <th scope="row">{xDigits > 0 ? decimal(x, xDigits) : x}</th>
            <td className="number">{figure(y)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
  const drawn = { points, xLabel, yLabel, step, log, ...(mark === undefined ? {} : { mark }) }
  return (
    <ChartOrTable
      title={title}
      note={latest && last && <span className="figure-now">{figure(last[1])}</span>}
      chart={
        missing || points.length < 2 ? (
          table
        ) : (
          <Drawing drawn={drawn} onMissing={() => setMissing(true)} />
        )
      }
      table={table}
    />
  )
}
