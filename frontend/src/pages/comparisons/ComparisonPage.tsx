/** Who leads a blind vote: strengths with intervals, and each two against each other. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { csvLink } from '../../core/csv'
import { count, decimal, list, percent } from '../../core/format'
import { t } from '../../core/messages'
import { pairsCsv } from '../../core/pairsCsv'
import type { Interval } from '../../core/types'
import { votesApi } from '../../core/votesApi'
import type { Comparison, PairResult, Ranked, Results } from '../../core/votesTypes'
import { IntervalPlot } from '../../ui/chart/IntervalPlot'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { StackingTable } from '../../ui/StackingTable'
import { Section } from '../runs/Section'
import { Progress } from './ComparisonsPage'

export function ComparisonPage({ comparison }: { comparison: number }) {
  const { slug, name } = usePlace()
  const found = useQuery({
    queryKey: ['comparisons', slug, comparison],
    queryFn: () => votesApi.comparison(slug, comparison),
  })
  const { data } = found
  return (
    <Page
      title={data?.name ?? t('comparison.one')}
      project={name}
      lead={data && <About comparison={data} />}
      actions={data && data.votes_done > 0 && <Download name={data.name} results={data.results} />}
    >
      {data ? (
        <Standing results={data.results} />
      ) : found.error ? (
        <Failure error={found.error} retry={() => found.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
    </Page>
  )
}

function About({ comparison }: { comparison: Comparison }) {
  const { captioners, kind, pairs, overlap } = comparison
  return (
    <>
      <p>
        {t('comparison.about', {
          captioners: list(captioners),
          kind,
          pairs: t('comparison.about.pairs', { n: pairs }),
          votes: t('comparison.about.votes', { n: overlap }),
        })}
      </p>
      <div className="comparison-progress">
        <Progress comparison={comparison} />
      </div>
    </>
  )
}

function Standing({ results }: { results: Results }) {
  if (results.tie === null)
    return <Empty icon="clock" title={t('comparison.none')} hint={t('comparison.none.hint')} />
  const plotted = results.ranking.flatMap(({ captioner, strength }) =>
    strength ? [{ name: captioner, tone: 'tone-imported', interval: strength }] : [],
  )
  return (
    <>
      <Section title={t('comparison.ranking')}>
        <figure className="interval-figure">
          <figcaption className="hidden">{t('comparison.ranking')}</figcaption>
          <IntervalPlot rows={plotted} />
        </figure>
        <RankingTable ranking={results.ranking} />
        <p className="muted">{t('comparison.note')}</p>
      </Section>
      <Section title={t('comparison.pairs')}>
        <PairsTable pairs={results.pairs} />
      </Section>
    </>
  )
}

function RankingTable({ ranking }: { ranking: readonly Ranked[] }) {
  return (
    <StackingTable caption={t('comparison.ranking')}>
      <thead>
        <tr>
          <th scope="col">{t('comparison.captioner')}</th>
          <th scope="col">{t('comparison.strength')}</th>
          <th scope="col">{t('comparison.winRate')}</th>
          <th scope="col">{t('comparison.voteCount')}</th>
        </tr>
      </thead>
      <tbody>
        {ranking.map(({ captioner, strength, win_rate, votes }) => (
          <tr key={captioner}>
            <th scope="row" data-label={t('comparison.captioner')}>
              {captioner}
            </th>
            <td data-label={t('comparison.strength')}>{written(strength, decimal)}</td>
            <td data-label={t('comparison.winRate')}>{written(win_rate, percent)}</td>
            <td data-label={t('comparison.voteCount')}>{count(votes)}</td>
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}

function PairsTable({ pairs }: { pairs: readonly PairResult[] }) {
  return (
    <StackingTable caption={t('comparison.pairs')}>
      <thead>
        <tr>
          <th scope="col">{t('comparison.pair')}</th>
          <th scope="col">{t('comparison.wins')}</th>
          <th scope="col">{t('comparison.ties')}</th>
          <th scope="col">{t('comparison.bothBad')}</th>
          <th scope="col">{t('comparison.winRateFirst')}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ one, two, wins_one, wins_two, ties, both_bad, win_rate }) => (
          <tr key={`${one} ${two}`}>
            <th scope="row" data-label={t('comparison.pair')}>
              {t('comparison.against', { one, two })}
            </th>
            <td data-label={t('comparison.wins')}>{`${count(wins_one)} : ${count(wins_two)}`}</td>
            <td data-label={t('comparison.ties')}>{count(ties)}</td>
            <td data-label={t('comparison.bothBad')}>{count(both_bad)}</td>
            <td data-label={t('comparison.winRateFirst')}>{written(win_rate, percent)}</td>
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}

function written(interval: Interval | null, format: (value: number) => string): string {
  if (!interval) return t('comparison.noVotes')
  const [value, low, high] = [interval.value, interval.low, interval.high].map(one => format(one))
  return t('comparison.interval', { value: value ?? '', low: low ?? '', high: high ?? '' })
}

/** The pairs as a file, for whoever wants to compute with them. */
function Download({ name, results }: { name: string; results: Results }) {
  return (
    <a className="button" download={`${name}.csv`} href={csvLink(pairsCsv(results.pairs))}>
      {t('comparison.download')}
    </a>
  )
}
