/** Freezes: at once, or by a job that is waited for where there is much. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../core/api'
import { shortDigest } from '../../core/format'
import { t } from '../../core/messages'
import { MOST_AT_ONCE } from '../../core/snapshotForm'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Wanted } from '../../core/snapshotsTypes'
import { ended } from './jobs'

/** `onFrozen` is told the sentence that says what came of it: equal content is the same snapshot. */
export function useFreeze(slug: string, onFrozen: (said: string) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (wanted: Wanted) => {
      const { judgments } = await snapshotsApi.preview(slug, wanted)
      const { digest, isNew } =
        judgments > MOST_AT_ONCE ? await later(slug, wanted) : await api.freeze(slug, wanted)
      const named = { digest: shortDigest(digest) }
      return isNew ? t('snapshots.frozen', named) : t('snapshots.same', named)
    },
    onSuccess: async said => {
      onFrozen(said)
      await queries.invalidateQueries({ queryKey: ['snapshots', slug] })
    },
  })
}

async function later(slug: string, wanted: Wanted): Promise<{ digest: string; isNew: boolean }> {
  const job = await ended(slug, await snapshotsApi.freezeLater(slug, wanted))
  const { digest, new: isNew } = job.result as { digest: string; new: boolean }
  return { digest, isNew }
}
