/** What the pages of blind votes ask of the server. */

import { ask } from './client'
import type { Page } from './types'
import type { Comparison, ComparisonWithResults, Plan } from './votesTypes'

type CaptionerChoice = { name: string; captions: number }

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`

export const votesApi = {
  comparisons: (slug: string, cursor: string | null) =>
    ask<Page<Comparison>>('GET', of(slug, `comparisons${cursor ? `?cursor=${cursor}` : ''}`)),
  comparison: (slug: string, comparison: number) =>
    ask<ComparisonWithResults>('GET', of(slug, `comparisons/${comparison}`)),
  compare: (slug: string, plan: Plan) => ask<Comparison>('POST', of(slug, 'comparisons'), plan),
  /** By name. They are as many as there are models, so all of them are asked for. */
  captioners: async (slug: string): Promise<CaptionerChoice[]> => {
    const all: CaptionerChoice[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page<CaptionerChoice> = await ask('GET', of(slug, `captioners${cursor}`))
      all.push(...page.results)
      cursor = page.next && `?cursor=${page.next}`
    }
    return all.sort((one, other) => one.name.localeCompare(other.name))
  },
}
