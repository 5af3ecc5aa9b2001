/** What the scorer thinks of all captions. */

import { count, decimal } from '../../../core/format'
import { t } from '../../../core/messages'
import type { ScoreResult } from '../../../core/results'
import { Bars } from '../../../ui/chart/Bars'
import { ChartOrTable } from '../../../ui/chart/ChartOrTable'
import { Table } from '../../../ui/Table'
import { Facts } from './Facts'
import { FailedVideos } from './FailedVideos'

export function ScoreFigures({ result }: { result: Partial<ScoreResult> }) {
  const { captions = 0, videos = 0, failed = [], per_captioner = [], histogram } = result
  return (
    <>
      <Facts
        facts={[
          [t('result.scored'), count(captions)],
          [t('result.videos'), count(videos)],
          [t('result.failed'), count(failed.length)],
        ]}
      />
      {histogram && <Histogram histogram={histogram} />}
      <Table caption={t('result.captioners')}>
        <thead>
          <tr>
            <th scope="col">{t('result.captioner')}</th>
            <th scope="col" className="number">
              {t('result.scored')}
            </th>
            <th scope="col" className="number">
              {t('result.meanInvolved')}
            </th>
            <th scope="col" className="number">
              {t('result.meanPaper')}
            </th>
          </tr>
        </thead>
        <tbody>
          {per_captioner.map(row => (
            <tr key={row.captioner}>
              <th scope="row">{row.captioner}</th>
              <td className="number">{count(row.captions)}</td>
              <td className="number">{decimal(row.mean_involved)}</td>
              <td className="number">{decimal(row.mean_paper)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <FailedVideos failed={failed} />
    </>
  )
}

function Histogram({ histogram: { edges, counts } }: Pick<ScoreResult, 'histogram'>) {
  const rows = counts.map((value, index) => ({
    from: decimal(edges[index]),
    to: decimal(edges[index + 1]),
    value,
  }))
  return (
    <ChartOrTable
      title={t('result.histogram')}
      chart={
        <>
          <Bars sparse bars={rows.map(({ from, value }) => ({ label: from, value }))} />
          <p className="axis-name" aria-hidden="true">
            {t('result.histogram.x')}
          </p>
        </>
      }
      table={
        <Table caption={t('result.histogram')}>
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
