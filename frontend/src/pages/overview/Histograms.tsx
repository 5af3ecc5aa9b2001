/** Which levels were given, dimension by dimension. */

import { useId } from 'react'
import { count } from '../../core/format'
import { t, word } from '../../core/messages'
import { LEVELS, type Progress } from '../../core/types'
import { Bars } from '../../ui/chart/Bars'
import { ChartOrTable } from '../../ui/chart/ChartOrTable'
import { Table } from '../../ui/Table'

export function Histograms({ dimensions }: Pick<Progress, 'dimensions'>) {
  const id = useId()
  const given = dimensions.some(({ histogram }) => histogram.some(Boolean))
  return (
    <section className="panel" aria-labelledby={given ? undefined : id}>
      {given ? (
        <ChartOrTable
          title={t('overview.histograms')}
          level={2}
          chart={<Drawings dimensions={dimensions} />}
          table={<Figures dimensions={dimensions} />}
        />
      ) : (
        <>
          <header className="panel-head">
            <h2 id={id}>{t('overview.histograms')}</h2>
          </header>
          <p className="muted">{t('overview.histograms.empty')}</p>
        </>
      )}
    </section>
  )
}

function Drawings({ dimensions }: Pick<Progress, 'dimensions'>) {
  return (
    <ul className="small-multiples">
      {dimensions.map(({ dimension, histogram }) => (
        <li key={dimension}>
          <h3>{word('dimension', dimension)}</h3>
          <Bars
            bars={LEVELS.map(level => ({
              label: String(level),
              value: histogram[level] ?? 0,
              tone: `level-${level}`,
            }))}
          />
        </li>
      ))}
    </ul>
  )
}

function Figures({ dimensions }: Pick<Progress, 'dimensions'>) {
  return (
    <Table caption={t('overview.histograms')}>
      <thead>
        <tr>
          <th scope="col">{t('overview.dimension')}</th>
          {LEVELS.map(level => (
            <th key={level} scope="col" className="number">
              {t('overview.level', { level })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {dimensions.map(({ dimension, histogram }) => (
          <tr key={dimension}>
            <th scope="row">{word('dimension', dimension)}</th>
            {LEVELS.map(level => (
              <td key={level} className="number">
                {count(histogram[level] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
