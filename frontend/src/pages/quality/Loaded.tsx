/** A list that is coming, has come, or has not. */

import type { ReactNode } from 'react'
import { LoadMore } from '../../ui/LoadMore'
import { Failure, Skeleton } from '../../ui/Notice'

type Props<Row> = {
  query: {
    rows: Row[] | undefined
    error: unknown
    refetch: () => unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
  lines?: number
  children: (rows: Row[]) => ReactNode
}

export function Loaded<Row>({ query, lines = 4, children }: Props<Row>) {
  if (!query.rows)
    return query.error ? (
      <Failure error={query.error} retry={() => query.refetch()} />
    ) : (
      <Skeleton lines={lines} tall />
    )
  return (
    <>
      {children(query.rows)}
      <LoadMore query={query} />
    </>
  )
}
