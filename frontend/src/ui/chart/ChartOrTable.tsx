/** A picture of figures and the figures themselves, one at a time. */

import { type ReactNode, useId, useState } from 'react'
import { t } from '../../core/messages'

type Props = { title: string; level?: 2 | 3; note?: ReactNode; chart: ReactNode; table: ReactNode }

export function ChartOrTable({ title, level = 3, note, chart, table }: Props) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const Title = `h${level}` as const
  return (
    <section className="figure" aria-labelledby={id}>
      <header className="figure-head">
        <Title id={id}>{title}</Title>
        {note}
        <button
          type="button"
          className="button quiet small"
          aria-describedby={id}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('common.chart') : t('common.table')}
        </button>
      </header>
      {asTable ? <div className="figure-table">{table}</div> : chart}
    </section>
  )
}
