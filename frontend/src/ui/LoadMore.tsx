/** The button below a list that goes on. */

import { t } from '../core/messages'

type Props = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

export function LoadMore({ query }: Props) {
  if (!query.hasNextPage) return null
  return (
    <div className="more">
      <button
        type="button"
        className="button"
        aria-disabled={query.isFetchingNextPage}
        onClick={() => !query.isFetchingNextPage && query.fetchNextPage()}
      >
        {t('action.more')}
      </button>
    </div>
  )
}
