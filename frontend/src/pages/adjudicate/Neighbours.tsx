/** From one disagreement to the next, as they stood in the list that one came from; by keys too. */

import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { usePlace } from '../../app/session'
import type { Conflict } from '../../core/adjudicationApi'
import { t } from '../../core/messages'
import { neighboursOf } from '../../core/neighbours'
import type { Page } from '../../core/types'
import { useShortcuts } from '../../ui/useShortcuts'

export function Neighbours({ item }: { item: number }) {
  const { slug } = usePlace()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const lists = queries
    .getQueryCache()
    .findAll({ queryKey: ['conflicts', slug] })
    .toSorted((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
    .map(query => itemsOf(query.state.data as InfiniteData<Page<Conflict>> | undefined))
  const { previous, next } = neighboursOf(lists, item)
  const to = (other: number) => `/p/${slug}/adjudicate/${other}`
  useShortcuts({
    k: previous === null ? undefined : () => go(to(previous)),
    j: next === null ? undefined : () => go(to(next)),
  })
  if (previous === null && next === null) return null
  return (
    <nav className="neighbours" aria-label={t('adjudicate.neighbours')}>
      {previous !== null && (
        <Link href={to(previous)}>
          {t('adjudicate.previous')}{' '}
          <span className="key" aria-hidden="true">
            K
          </span>
        </Link>
      )}
      {next !== null && (
        <Link href={to(next)}>
          {t('adjudicate.next')}{' '}
          <span className="key" aria-hidden="true">
            J
          </span>
        </Link>
      )}
    </nav>
  )
}

const itemsOf = (data: InfiniteData<Page<Conflict>> | undefined): number[] =>
  data?.pages.flatMap(page => page.results.map(row => row.item)) ?? []
