/** How long a run has taken, counting while it runs. */

import { duration } from '../../core/format'
import { elapsed } from '../../core/runs'
import type { Run } from '../../core/types'
import { useNow } from '../../ui/useNow'

export function Took({ run }: { run: Run }) {
  const now = useNow(run.state === 'running' ? 1 : null)
  const seconds = elapsed(run, now)
  return <>{seconds === null ? '' : duration(seconds)}</>
}
