/** Whether the scorer is as often right as it is sure: its confidence against people's share. */

import { count, percent } from '../../../../core/format'
import { t } from '../../../../core/messages'
import { type Bin, dotsOf, sureness } from '../../../../core/scorerReport'
import { ChartOrTable } from '../../../../ui/chart/ChartOrTable'
import { across, down, type Scale, SquarePlot } from '../../../../ui/chart/SquarePlot'
import { Table } from '../../../../ui/Table'

const SHARES: Scale = { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }
/** Radii in pixels. */
const SMALLEST = 3.5
const LARGEST = 11

export function ReliabilityPlot({ reliability }: { reliability: readonly Bin[] }) {
  const known = sureness(reliability)
  if (known === null) return null
  const says = { sure: percent(known.sure), right: percent(known.right) }
  return (
    <ChartOrTable
      title={t('evaluation.reliability')}
      chart={
        <>
          <SquarePlot
            says={t('evaluation.reliability.says', says)}
            scale={SHARES}
            written={percent}
            xLabel={t('evaluation.reliability.confidence')}
            yLabel={t('evaluation.reliability.share')}
          >
            {dotsOf(reliability).map(({ confidence, share, captions, radius }) => (
              <circle
                key={confidence}
                className="reliability-dot"
                cx={across(SHARES, confidence)}
                cy={down(SHARES, share)}
                r={Math.max(SMALLEST, LARGEST * radius)}
              >
                <title>{t('evaluation.density.cell', { n: captions })}</title>
              </circle>
            ))}
          </SquarePlot>
          <p className="plot-key" aria-hidden="true">
            <span>{t('evaluation.reliability.key')}</span>
            <span>{t('evaluation.diagonal')}</span>
          </p>
        </>
      }
      table={<ReliabilityTable reliability={reliability} />}
    />
  )
}

function ReliabilityTable({ reliability }: { reliability: readonly Bin[] }) {
  return (
    <Table caption={t('evaluation.reliability')}>
      <thead>
        <tr>
          <th scope="col">{t('evaluation.reliability.confidence')}</th>
          <th scope="col" className="number">
            {t('evaluation.reliability.share')}
          </th>
          <th scope="col" className="number">
            {t('evaluation.captions')}
          </th>
        </tr>
      </thead>
      <tbody>
        {reliability.map(({ confidence, share, captions }) => (
          <tr key={confidence}>
            <th scope="row">{percent(confidence)}</th>
            <td className="number">{percent(share)}</td>
            <td className="number">{count(captions)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
