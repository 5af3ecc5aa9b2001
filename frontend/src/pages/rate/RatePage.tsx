/** The rating screen: one item after the other until there is nothing left. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { useOutboxStatus } from '../../app/useOutbox'
import { api } from '../../core/api'
import { t } from '../../core/messages'
import type { Delivery } from '../../core/outbox'
import { type Problem, problemOf } from '../../core/problem'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { Heading, PageTitle } from '../../ui/Page'
import { NothingToRate } from './NothingToRate'
import { RateItem } from './RateItem'
import { SaveState } from './SaveState'
import { useClaim } from './useClaim'

export function RatePage() {
  const { slug, name } = usePlace()
  const rubric = useQuery({
    queryKey: ['rubric', slug],
    queryFn: () => api.rubric(slug),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const claim = useClaim(slug)
  const [said, setSaid] = useState('')
  const [warning, setWarning] = useState('')
  const queries = useQueryClient()
  useRefusedBefore(claim.data?.slot, setWarning)

  const goOn = useCallback(
    (message: string) => {
      setSaid(message)
      queries.invalidateQueries({ queryKey: ['progress', slug] })
      return claim.next()
    },
    [claim.next, queries, slug],
  )
  const delivered = async (delivery: Delivery) => {
    setWarning('')
    if (delivery.kind === 'saved') return goOn(t('rate.saved'))
    const over = whatIsOver(delivery.problem)
    setWarning(over ?? explain(delivery.problem).title)
    return over ? goOn(over) : undefined
  }

  return (
    <main id="content" className="rate" tabIndex={-1}>
      <PageTitle title={t('rate.title')} project={name} />
      <Heading hidden>{t('rate.title')}</Heading>
      <p className="hidden" role="status">
        {said}
      </p>
      {warning && (
        <div className="rate-warning">
          <Banner tone="bad" title={t('rate.refused')}>
            <p>{warning}</p>
          </Banner>
        </div>
      )}
      {claim.error ? (
        <Nothing problem={problemOf(claim.error)} error={claim.error} look={claim.next} />
      ) : rubric.error ? (
        <Failure error={rubric.error} retry={() => rubric.refetch()} />
      ) : claim.data && rubric.data ? (
        <RateItem
          key={claim.data.slot}
          claim={claim.data}
          rubric={rubric.data}
          onDelivered={delivered}
          onSkipped={() => goOn(t('rate.skipped'))}
        />
      ) : (
        <Waiting />
      )}
    </main>
  )
}

type NothingProps = { problem: Problem; error: unknown; look: () => void }

function Nothing({ problem, error, look }: NothingProps) {
  return problem.type === 'nothing-to-rate' ? (
    <NothingToRate problem={problem} look={look} />
  ) : (
    <Failure error={error} retry={look} />
  )
}

/** Before the first item: its shape, and word of a rating of the last visit that is still to go. */
function Waiting() {
  const { outbox } = useSignedIn()
  const status = useOutboxStatus(outbox)
  return (
    <div className="rate-waiting">
      <SaveState status={status} />
      <Skeleton lines={3} tall />
    </div>
  )
}

/** A refusal after which this item is nobody's to rate here any more. */
function whatIsOver({ type, title, status }: Problem): string | null {
  if (type === 'already-submitted') return t('rate.already')
  if (status === 409) return title
  return status === 404 ? t('rate.gone') : null
}

/** A rating of an earlier visit, sent now, may be refused; its author should know. */
function useRefusedBefore(slot: number | undefined, warn: (message: string) => void): void {
  const { outbox } = useSignedIn()
  useEffect(
    () =>
      outbox.refused.listen(({ entry, problem }) => {
        if (entry.slot === slot || problem.type === 'already-submitted') return
        warn(t('rate.refused.earlier', { reason: explain(problem).title }))
      }),
    [outbox, slot, warn],
  )
}
