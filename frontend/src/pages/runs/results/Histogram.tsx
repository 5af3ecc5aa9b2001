/** How many captions have which mean level. */

import { count, decimal } from '../../../core/format'
import { t } from '../../../core/messages'
import { Bars } from '../../../ui/chart/Bars'
import { ChartOrTable } from '../../../ui/chart/ChartOrTable'
import { Table } from '../../../ui/Table'

type Props = { title: string; edges: readonly number[]; counts: readonly number[] }

export function Histogram({ title, edges, counts }: Props) {
  const rows = counts.map((value, index) => ({
    from: decimal(edges[index]),
    to: decimal(edges[index + 1]),
    value,
  }))
  return (
    <ChartOrTable
      title={title}
      chart={
        <>
          <Bars sparse bars={rows.map(({ from, value }) => ({ label: from, value }))} />
          <p className="axis-name" aria-hidden="true">
            {t('result.histogram.x')}
          </p>
        </>
      }
      table={
        <Table caption={title}>
          <thead>
            <tr>
              <th scope="col">{t('result.histogram.from')}</th>
              <th scope="col">{t('result.histogram.to')}</th>
              <th scope="col" className="number">
                {t('result.histogram.count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from, to, value }) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                <td>{to}</td>
                <td className="number">{count(value)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    />
  )
}
