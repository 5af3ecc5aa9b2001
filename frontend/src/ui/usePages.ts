/** A list that comes in pages, as one list. */

import {
  type InfiniteData,
  type QueryClient,
  type QueryKey,
  useInfiniteQuery,
} from '@tanstack/react-query'
import type { Page } from '../core/types'

type Options<Row> = {
  key: QueryKey
  load: (cursor: string | null) => Promise<Page<Row>>
  every?: (rows: Row[]) => number | false
}

export function usePages<Row>({ key, load, every }: Options<Row>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
    refetchInterval: ({ state }) =>
      every?.(state.data?.pages.flatMap(page => page.results) ?? []) ?? false,
  })
  return { ...query, rows: query.data?.pages.flatMap(page => page.results) }
}

/** Change the rows of the lists below a key where they are shown, without asking for them again. */
export function changeRows<Row>(
  queries: QueryClient,
  key: QueryKey,
  changed: (rows: Row[]) => Row[],
): void {
  queries.setQueriesData<InfiniteData<Page<Row>>>(
    { queryKey: key },
    data =>
      data && {
        ...data,
        pages: data.pages.map(page => ({ ...page, results: changed(page.results) })),
      },
  )
}
