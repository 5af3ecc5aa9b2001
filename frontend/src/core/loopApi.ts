/** What the page of the loop asks of the server. */

import { ask } from './client'
import type { Loop, Policy, PolicyChange, Trial } from './loopTypes'
import type { Page } from './types'

const at = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`

export const loopApi = {
  loop: (slug: string) => ask<Loop>('GET', at(slug, 'loop')),
  changePolicy: (slug: string, change: PolicyChange) =>
    ask<Policy>('PATCH', at(slug, 'loop/policy'), change),
  trials: (slug: string, cursor: string | null) =>
    ask<Page<Trial>>(
      'GET',
      at(slug, `loop/trials${cursor ? `?${new URLSearchParams({ cursor })}` : ''}`),
    ),
  promote: (slug: string, run: number, reason: string) =>
    ask<Trial>('POST', at(slug, `runs/${run}/promote`), { reason }),
}
