/** The state of a run: a dot in its colour, and the word. */

import { t, word } from '../core/messages'
import type { Run, RunState } from '../core/types'

export function StateBadge({
  state,
  stopping = false,
}: {
  state: RunState | 'pending'
  stopping?: boolean
}) {
  return (
    <span className={`badge badge-${state}`}>
      <span className="badge-dot" aria-hidden="true" />
      {stopping ? t('state.cancelling') : word('state', state)}
    </span>
  )
}

export function RunBadge({ run }: { run: Pick<Run, 'state' | 'cancel_requested'> }) {
  const over = run.state !== 'running' && run.state !== 'queued'
  return <StateBadge state={run.state} stopping={run.cancel_requested && !over} />
}
