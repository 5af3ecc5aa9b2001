/** How the scorer did with fewer ratings, which tells what more of them would bring. */

import { count, decimal } from '../../../../core/format'
import { t, word } from '../../../../core/messages'
import { COMPARED, type CurvePoint, curvePoints, curveRows } from '../../../../core/scorerBeside'
import { Curve } from '../../../../ui/chart/Curve'
import { Table } from '../../../../ui/Table'
import { Section } from '../../Section'

export function MoreRatings({ curve = [] }: { curve: readonly CurvePoint[] | undefined }) {
  if (curve.length === 0) return null
  return (
    <Section title={t('more.title')}>
      <p className="note">{t('more.note')}</p>
      <Curve
        title={t('more.curve')}
        points={curvePoints(curve)}
        xLabel={t('more.judgments')}
        yLabel={t('result.srcc')}
        log
        table={<CurveTable curve={curve} />}
      />
    </Section>
  )
}

function CurveTable({ curve }: { curve: readonly CurvePoint[] }) {
  return (
    <Table caption={t('more.curve')}>
      <thead>
        <tr>
          <th scope="col">{t('more.judgments')}</th>
          <th scope="col" className="number">
            {t('evaluation.captions')}
          </th>
          <th scope="col" className="number">
            {t('result.videos')}
          </th>
          {COMPARED.map(figure => (
            <th key={figure} scope="col" className="number">
              {word('beside.figure', figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {curveRows(curve).map(point => (
          <tr key={point.judgments}>
            <th scope="row">{count(point.judgments)}</th>
            <td className="number">{count(point.captions)}</td>
            <td className="number">{count(point.videos)}</td>
            {COMPARED.map(figure => (
              <td key={figure} className="number">
                {decimal(point[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
