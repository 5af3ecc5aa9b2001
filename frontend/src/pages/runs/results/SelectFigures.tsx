/** What was selected, from whom, and what another threshold would have yielded. */

import { count, decimal, percent } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { SelectResult } from '../../../core/results'
import { Curve } from '../../../ui/chart/Curve'
import { Meter } from '../../../ui/Meter'
import { Table } from '../../../ui/Table'
import { Examples } from './Examples'
import { Facts } from './Facts'

type Props = { run: number; result: Partial<SelectResult> }

export function SelectFigures({ run, result }: Props) {
  const {
    selected = 0,
    pool_videos = 0,
    yield_curve = [],
    per_captioner = [],
    against_paper,
  } = result
  return (
    <>
      <Facts
        facts={[
          [t('result.selected'), t('result.selected.of', { selected, pool: pool_videos })],
          [t('result.threshold'), decimal(result.threshold)],
          [t('result.policy'), word('choice', result.policy ?? '')],
        ]}
      />
      {yield_curve.length > 0 && (
        <Curve
          title={t('result.yield')}
          points={yield_curve.map(point => [point.threshold, point.selected] as const)}
          xLabel={t('result.threshold')}
          yLabel={t('result.selected')}
          xDigits={2}
          step
        />
      )}
      <Table caption={t('result.perCaptioner')} shown>
        <thead>
          <tr>
            <th scope="col">{t('result.captioner')}</th>
            <th scope="col" className="number">
              {t('result.selected')}
            </th>
            <th scope="col">{t('result.share')}</th>
          </tr>
        </thead>
        <tbody>
          {per_captioner.map(row => (
            <tr key={row.captioner}>
              <th scope="row">{row.captioner}</th>
              <td className="number">{count(row.selected)}</td>
              <td className="share-cell">
                <Meter value={row.share} label={row.captioner} tone="plain" />
                <span>{percent(row.share)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {against_paper && (
        <>
          <h3>{t('result.againstPaper')}</h3>
          <Facts
            facts={[
              [t('result.both'), count(against_paper.both)],
              [t('result.onlyInvolved'), count(against_paper.only_involved)],
              [t('result.onlyPaper'), count(against_paper.only_paper)],
            ]}
          />
        </>
      )}
      <Examples run={run} />
    </>
  )
}
