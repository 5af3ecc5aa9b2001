/** The rank correlation of all dimensions at once: the scorer's beside one person's. */

import { count } from '../../../../core/format'
import { t, word } from '../../../../core/messages'
import {
  acrossDimensions,
  type Compared,
  type Correlations,
  type Value,
} from '../../../../core/scorerReport'
import type { Interval } from '../../../../core/types'
import { ChartOrTable } from '../../../../ui/chart/ChartOrTable'
import { IntervalPlot, type IntervalRow } from '../../../../ui/chart/IntervalPlot'
import { Table } from '../../../../ui/Table'
import { ValueCell } from './FiguresTable'

export function Across({ report }: { report: Correlations }) {
  const compared = acrossDimensions(report, 'srcc')
  const rows = compared.flatMap(rowOf)
  const table = <CorrelationTable compared={compared} />
  return (
    <ChartOrTable
      title={t('evaluation.compare')}
      chart={
        rows.length === 0 ? (
          table
        ) : (
          <>
            <IntervalPlot rows={rows} />
            <p className="plot-key" aria-hidden="true">
              <span className="key-dot tone-scorer">{t('evaluation.scorer')}</span>
              <span className="key-dot">{t('evaluation.person')}</span>
            </p>
          </>
        )
      }
      table={table}
    />
  )
}

function rowOf({ dimension, scorer, person }: Compared): IntervalRow[] {
  const [interval, beside] = [drawable(scorer), drawable(person)]
  if (!interval) return []
  const name = word('dimension', dimension)
  return [
    {
      name,
      tone: 'tone-scorer',
      interval,
      ...(beside ? { beside: { tone: '', interval: beside } } : {}),
    },
  ]
}

/** A figure without an interval is a dot alone. */
function drawable({ value, low, high }: Value): Interval | null {
  return value === null ? null : { value, low: low ?? value, high: high ?? value }
}

function CorrelationTable({ compared }: { compared: readonly Compared[] }) {
  return (
    <Table caption={t('evaluation.compare')}>
      <thead>
        <tr>
          <th scope="col">{t('result.dimension')}</th>
          <th scope="col" className="number">
            {t('evaluation.captions')}
          </th>
          <th scope="col" className="number">
            {t('evaluation.scorer')}
          </th>
          <th scope="col" className="number">
            {t('evaluation.person')}
          </th>
        </tr>
      </thead>
      <tbody>
        {compared.map(({ dimension, captions, scorer, person }) => (
          <tr key={dimension} className="figure-row">
            <th scope="row">{word('dimension', dimension)}</th>
            <td className="number">{count(captions)}</td>
            <ValueCell value={scorer} strong />
            <ValueCell value={person} />
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
