/** What the scorer thinks of all captions. */

import { count, decimal } from '../../../core/format'
import { t } from '../../../core/messages'
import type { ScoreResult } from '../../../core/results'
import { Table } from '../../../ui/Table'
import { Facts } from './Facts'
import { FailedVideos } from './FailedVideos'
import { Histogram } from './Histogram'

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
      {histogram && <Histogram title={t('result.histogram')} {...histogram} />}
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
