/** The ratings added up day by day, and the straight way on to the estimated end. */

import { useMemo, useState } from 'react'
import { ahead, burnUp, burnUpCsv } from '../../../core/burnUp'
import { csvLink } from '../../../core/csv'
import { count, day } from '../../../core/format'
import { t } from '../../../core/messages'
import type { ProgressReport } from '../../../core/reportApi'
import { ChartOrTable } from '../../../ui/chart/ChartOrTable'
import { Drawing } from '../../../ui/chart/Drawing'
import { Table } from '../../../ui/Table'

type Props = { progress: ProgressReport; madeAt: string }

export function BurnUp({ progress, madeAt }: Props) {
  const [missing, setMissing] = useState(false)
  const drawn = useMemo(() => {
    const points = burnUp(progress.days, madeAt)
    const on = ahead(points, progress)
    return {
      points,
      xLabel: '',
      yLabel: t('forecast.ratings'),
      step: false,
      dated: true,
      ...(on ? { ahead: on } : {}),
    }
  }, [progress, madeAt])
  if (drawn.points.length === 0) return null
  const table = (
    <Table caption={t('forecast.burnUp')}>
      <thead>
        <tr>
          <th scope="col">{t('forecast.until')}</th>
          <th scope="col" className="number">
            {t('forecast.ratings')}
          </th>
        </tr>
      </thead>
      <tbody>
        {drawn.points.toReversed().map(([moment, ratings]) => (
          <tr key={moment}>
            <th scope="row">{day(new Date(moment).toISOString())}</th>
            <td className="number">{count(ratings)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
  return (
    <div className="panel">
      <ChartOrTable
        title={t('forecast.burnUp')}
        level={2}
        chart={missing ? table : <Drawing drawn={drawn} onMissing={() => setMissing(true)} />}
        table={table}
      />
      <p className="note">{t('forecast.burnUp.hint')}</p>
      <p className="actions">
        <a className="button" href={csvLink(burnUpCsv(drawn.points))} download="burn-up.csv">
          {t('report.download')}
        </a>
      </p>
    </div>
  )
}
