/** The first rows of many that are all here already, and the next ones on request. */

import { useState } from 'react'

const AT_A_TIME = 100

/** What `LoadMore` goes by, and the rows to draw: a thousand at once would hold the page up. */
export function useSome<Row>(all: readonly Row[]) {
  const [most, setMost] = useState(AT_A_TIME)
  return {
    rows: all.slice(0, most),
    hasNextPage: all.length > most,
    isFetchingNextPage: false,
    fetchNextPage: () => setMost(most + AT_A_TIME),
  }
}
