/** Where the captions lie by the scorer's level and people's: the more in a cell, the stronger. */

import { count, decimal, percent } from '../../../../core/format'
import { t } from '../../../../core/messages'
import { type Cell, cellsOf, mostOf, shareNear } from '../../../../core/scorerReport'
import { ChartOrTable } from '../../../../ui/chart/ChartOrTable'
import { across, down, type Scale, SquarePlot } from '../../../../ui/chart/SquarePlot'
import { Table } from '../../../../ui/Table'

const LEVELS: Scale = { low: 1, high: 5, ticks: [1, 2, 3, 4, 5] }
/** The report has as many cells on each side. */
const SIDE = 16
/** Of one caption, where the key begins too. */
const FAINTEST = 0.25
const HALF = (LEVELS.high - LEVELS.low) / SIDE / 2

export function DensityPlot({ density }: { density: readonly Cell[] }) {
  const near = shareNear(density)
  const most = mostOf(density)
  if (near === null) return <p className="muted">{t('evaluation.density.none')}</p>
  return (
    <ChartOrTable
      title={t('evaluation.density')}
      chart={
        <>
          <SquarePlot
            says={t('evaluation.density.says', { share: percent(near) })}
            scale={LEVELS}
            written={tick => decimal(tick, 0)}
            xLabel={t('evaluation.density.predicted')}
            yLabel={t('evaluation.density.human')}
          >
            {cellsOf(density).map(({ predicted, human, captions, weight }) => (
              <rect
                key={`${predicted} ${human}`}
                className="density-cell"
                x={across(LEVELS, predicted - HALF)}
                y={down(LEVELS, human + HALF)}
                width={`${100 / SIDE}%`}
                height={`${100 / SIDE}%`}
                fillOpacity={FAINTEST + (1 - FAINTEST) * weight}
              >
                <title>{t('evaluation.density.cell', { n: captions })}</title>
              </rect>
            ))}
          </SquarePlot>
          <p className="plot-key" aria-hidden="true">
            {most > 1 && (
              <span className="key-ramp">{t('evaluation.density.key', { most: count(most) })}</span>
            )}
            <span>{t('evaluation.diagonal')}</span>
          </p>
        </>
      }
      table={<DensityTable density={density} />}
    />
  )
}

function DensityTable({ density }: { density: readonly Cell[] }) {
  return (
    <Table caption={t('evaluation.density')}>
      <thead>
        <tr>
          <th scope="col">{t('evaluation.density.predicted')}</th>
          <th scope="col" className="number">
            {t('evaluation.density.human')}
          </th>
          <th scope="col" className="number">
            {t('evaluation.captions')}
          </th>
        </tr>
      </thead>
      <tbody>
        {density.map(([predicted, human, captions]) => (
          <tr key={`${predicted} ${human}`}>
            <th scope="row">{decimal(predicted)}</th>
            <td className="number">{decimal(human)}</td>
            <td className="number">{count(captions)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
