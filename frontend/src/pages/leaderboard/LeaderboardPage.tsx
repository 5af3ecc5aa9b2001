/** Which captioner is best, how sure we are, and which scorer says so. */

import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { count, decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import type { Leaderboard, ScorerRow } from '../../core/types'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Table } from '../../ui/Table'
import { Moment } from '../../ui/Time'
import { Section } from '../runs/Section'
import { CaptionerPlot } from './CaptionerPlot'
import { CaptionerTable } from './CaptionerTable'

export function LeaderboardPage() {
  const { slug, name } = usePlace()
  const board = useQuery({
    queryKey: ['leaderboard', slug],
    queryFn: () => api.leaderboard(slug),
  })
  return (
    <Page
      title={t('leaderboard.title')}
      project={name}
      lead={board.data && <p>{board.data.note}</p>}
    >
      {board.data ? (
        <Boards board={board.data} />
      ) : board.error ? (
        <Failure error={board.error} retry={() => board.refetch()} />
      ) : (
        <Skeleton lines={6} tall />
      )}
    </Page>
  )
}

function Boards({ board: { captioners, scorers } }: { board: Leaderboard }) {
  return (
    <>
      {captioners.length === 0 ? (
        <Empty icon="chart" title={t('leaderboard.empty')} hint={t('leaderboard.empty.hint')} />
      ) : (
        <Section title={t('leaderboard.captioners')}>
          {captioners.some(row => row.mean_involved) ? (
            <CaptionerPlot captioners={captioners} />
          ) : (
            <p className="muted">
              {t('leaderboard.empty')}. {t('leaderboard.empty.hint')}
            </p>
          )}
          <CaptionerTable captioners={captioners} />
        </Section>
      )}
      <Section title={t('leaderboard.scorers')}>
        {scorers.length === 0 ? (
          <p className="muted">{t('leaderboard.scorers.empty')}</p>
        ) : (
          <Scorers scorers={scorers} />
        )}
      </Section>
    </>
  )
}

function Scorers({ scorers }: { scorers: readonly ScorerRow[] }) {
  const { slug } = usePlace()
  return (
    <Table caption={t('leaderboard.scorers')}>
      <thead>
        <tr>
          <th scope="col">{t('leaderboard.run')}</th>
          <th scope="col">{t('leaderboard.finished')}</th>
          <th scope="col">{t('leaderboard.readout')}</th>
          <th scope="col" className="number">
            {t('result.srcc')}
          </th>
          <th scope="col" className="number">
            {t('result.mae')}
          </th>
          <th scope="col" className="number">
            {t('leaderboard.ratings')}
          </th>
        </tr>
      </thead>
      <tbody>
        {scorers.map(scorer => (
          <tr key={scorer.run}>
            <th scope="row">
              <Link href={`/p/${slug}/runs/${scorer.run}`}>
                {t('runs.number', { kind: word('kind', 'scorer'), id: String(scorer.run) })}
              </Link>
            </th>
            <td>
              <Moment iso={scorer.finished_at} />
            </td>
            <td>{word('choice', scorer.readout)}</td>
            <td className="number">{decimal(scorer.srcc)}</td>
            <td className="number">{decimal(scorer.mae)}</td>
            <td className="number">{count(scorer.ratings)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
