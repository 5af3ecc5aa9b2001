/** What was selected, from whom, and what another threshold would have yielded. */

import { count, decimal, percent } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { SelectResult } from '../../../core/results'
import { Curve } from '../../../ui/chart/Curve'
import { Meter } from '../../../ui/Meter'
import { Table } from '../../../ui/Table'
import { Examples } from './Examples'
import { Facts } from './Facts'
import { Histogram } from './Histogram'

type Props = { run: number; result: Partial<SelectResult> }

/** Policies that take what is there, however good it is. */
const WITHOUT_THRESHOLD: readonly string[] = ['best', 'random']

export function SelectFigures({ run, result }: Props) {
  const {
    selected = 0,
    pool_videos = 0,
    yield_curve = [],
    per_captioner = [],
    per_dimension = [],
    histogram,
    left_out,
    vouched,
    against_paper,
  } = result
  const threshold = WITHOUT_THRESHOLD.includes(result.policy ?? '') ? undefined : result.threshold
  // One that people's ratings chose lies between the points of the curve.
  const marked = yield_curve.find(point => point.threshold >= (threshold ?? Infinity))
  return (
    <>
      <Facts
        facts={[
          [t('result.selected'), t('result.selected.of', { selected, pool: pool_videos })],
          ...(threshold === undefined
            ? []
            : [[t('result.threshold'), decimal(threshold)] as const]),
          [t('result.policy'), word('choice', result.policy ?? '')],
        ]}
      />
      {vouched && <Vouched {...vouched} />}
      {left_out && <LeftOut {...left_out} />}
      {yield_curve.length > 0 && (
        <Curve
          title={t('result.yield')}
          points={yield_curve.map(point => [point.threshold, point.selected] as const)}
          xLabel={t('result.threshold')}
          yLabel={t('result.selected')}
          xDigits={2}
          step
          {...(marked ? { mark: marked.threshold } : {})}
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
      <ByDimension rows={per_dimension} />
      {histogram && (
        <div className="plots">
          <Histogram
            title={t('result.histogram.pool')}
            edges={histogram.edges}
            counts={histogram.pool}
          />
          <Histogram
            title={t('result.histogram.selected')}
            edges={histogram.edges}
            counts={histogram.selected}
          />
        </div>
      )}
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

/** What people's own ratings say of the captions above the threshold. */
function Vouched({ precision, low, high, captions }: NonNullable<SelectResult['vouched']>) {
  return (
    <p className="muted">
      {t('result.vouched', {
        share: percent(precision),
        low: percent(low),
        high: percent(high),
        n: count(captions),
      })}
    </p>
  )
}

function LeftOut({ below, over, beyond }: SelectResult['left_out']) {
  const told = [
    below > 0 && t('result.leftOut.below', { n: count(below) }),
    over > 0 && t('result.leftOut.over', { n: count(over) }),
    beyond > 0 && t('result.leftOut.beyond', { n: count(beyond) }),
  ].filter(Boolean)
  if (told.length === 0) return null
  return <p className="muted">{t('result.leftOut', { reasons: told.join(' · ') })}</p>
}

function ByDimension({ rows }: { rows: SelectResult['per_dimension'] }) {
  if (rows.length === 0) return null
  return (
    <Table caption={t('result.selectedByDimension')} shown>
      <thead>
        <tr>
          <th scope="col">{t('result.dimension')}</th>
          <th scope="col" className="number">
            {t('result.pool')}
          </th>
          <th scope="col" className="number">
            {t('result.selected')}
          </th>
          <th scope="col" className="number">
            {t('result.gain')}
          </th>
          <th scope="col" className="number">
            {t('result.involved')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dimension, pool, selected, involved }) => (
          <tr key={dimension}>
            <th scope="row">{word('dimension', dimension)}</th>
            <td className="number">{decimal(pool)}</td>
            <td className="number">{decimal(selected)}</td>
            <td className="number">
              {pool === null || selected === null ? decimal(null) : decimal(selected - pool)}
            </td>
            <td className="number">{count(involved)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
