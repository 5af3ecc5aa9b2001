/** What the pages of blind votes ask of the server. */

import { ask } from './client'
import type { Page } from './types'
import type { Comparison, ComparisonWithResults, Plan } from './votesTypes'

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`

export const votesApi = {
  comparisons: (slug: string, cursor: string | null) =>
    ask<Page<Comparison>>('GET', of(slug, `comparisons${cursor ? `?cursor=${cursor}` : ''}`)),
  comparison: (slug: string, comparison: number) =>
    ask<ComparisonWithResults>('GET', of(slug, `comparisons/${comparison}`)),
  compare: (slug: string, plan: Plan) => ask<Comparison>('POST', of(slug, 'comparisons'), plan),
  captioners: (slug: string) =>
    ask<{ name: string; captions: number }[]>('GET', of(slug, 'captioners')),
}
