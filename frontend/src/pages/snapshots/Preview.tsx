/** How much a snapshot would hold, asked again when what is wanted has stood still for a moment. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { count } from '../../core/format'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Wanted } from '../../core/snapshotsTypes'
import { explain } from '../../ui/Notice'

const STILL_MS = 300

export function Preview({ slug, wanted }: { slug: string; wanted: Wanted }) {
  const still = useStill(JSON.stringify(wanted))
  const counts = useQuery({
    queryKey: ['snapshot-preview', slug, still],
    queryFn: () => snapshotsApi.preview(slug, JSON.parse(still) as Wanted),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <p className="freeze-preview" role="status" aria-busy={counts.isFetching}>
      {counts.error
        ? explain(problemOf(counts.error)).title
        : counts.data
          ? t('snapshots.preview', {
              judgments: count(counts.data.judgments),
              captions: count(counts.data.captions),
              videos: count(counts.data.videos),
              annotators: count(counts.data.annotators),
              preferences: count(counts.data.preferences),
            })
          : t('snapshots.previewing')}
    </p>
  )
}

/** The text, once it has not changed for a moment. */
function useStill(text: string): string {
  const [still, setStill] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), STILL_MS)
    return () => clearTimeout(timer)
  }, [text])
  return still
}
