/** The blind votes of a project: how far each has come, and a new one. */

import { useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { count } from '../../core/format'
import { t } from '../../core/messages'
import { votesApi } from '../../core/votesApi'
import type { Comparison } from '../../core/votesTypes'
import { LoadMore } from '../../ui/LoadMore'
import { Meter } from '../../ui/Meter'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { StackingTable } from '../../ui/StackingTable'
import { Moment } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { NewComparison } from './NewComparison'

export function ComparisonsPage() {
  const { slug, name, roles } = usePlace()
  const [making, setMaking] = useState(false)
  const comparisons = usePages({
    key: ['comparisons', slug],
    load: cursor => votesApi.comparisons(slug, cursor),
  })
  const begin = mayManage(roles) && (
    <button type="button" className="button primary" onClick={() => setMaking(true)}>
      {t('comparison.new')}
    </button>
  )
  return (
    <Page
      title={t('comparison.title')}
      project={name}
      lead={<p>{t('comparison.intro')}</p>}
      actions={begin}
    >
      {comparisons.rows ? (
        <Rows slug={slug} comparisons={comparisons.rows} />
      ) : comparisons.error ? (
        <Failure error={comparisons.error} retry={() => comparisons.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
      <LoadMore query={comparisons} />
      {making && <NewComparison onClose={() => setMaking(false)} />}
    </Page>
  )
}

function Rows({ slug, comparisons }: { slug: string; comparisons: readonly Comparison[] }) {
  if (comparisons.length === 0)
    return <Empty icon="film" title={t('comparison.empty')} hint={t('comparison.empty.hint')} />
  return (
    <StackingTable caption={t('comparison.title')}>
      <thead>
        <tr>
          <th scope="col">{t('comparison.name')}</th>
          <th scope="col">{t('comparison.captioners')}</th>
          <th scope="col">{t('comparison.progress')}</th>
          <th scope="col">{t('comparison.made')}</th>
        </tr>
      </thead>
      <tbody>
        {comparisons.map(one => (
          <tr key={one.id}>
            <th scope="row" data-label={t('comparison.name')}>
              <Link href={`/p/${slug}/comparisons/${one.id}`}>{one.name}</Link>
            </th>
            <td data-label={t('comparison.captioners')}>{one.captioners.join(', ')}</td>
            <td data-label={t('comparison.progress')}>
              <Progress comparison={one} />
            </td>
            <td data-label={t('comparison.made')}>
              <Moment iso={one.made_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}

export function Progress({ comparison: { votes_done, votes_wanted } }: { comparison: Comparison }) {
  const said = t('comparison.votes', { done: count(votes_done), wanted: count(votes_wanted) })
  return (
    <span className="progress-cell">
      <Meter value={votes_wanted > 0 ? Math.min(votes_done / votes_wanted, 1) : 0} label={said} />
      {said}
    </span>
  )
}
