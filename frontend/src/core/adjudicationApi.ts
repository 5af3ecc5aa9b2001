/** What settling disagreements asks of the server. */

import { ask } from './client'
import type { components } from './schema'
import type { Dimension, Levels, Page } from './types'

type Schemas = components['schemas']

export const CASE_STAGES = ['ready', 'waiting', 'decided'] as const
export type CaseStage = Schemas['CaseStage']
export type CaseRow = Schemas['CaseRow']
export type GivenRating = Omit<Schemas['RatingOut'], 'levels'> & { levels: Levels }
export type CaseEvent = Omit<Schemas['EventOut'], 'levels'> & { levels: Partial<Levels> }
export type Story = Omit<Schemas['StoryOut'], 'ratings' | 'decided' | 'history'> & {
  ratings: GivenRating[]
  decided: Partial<Levels>
  history: CaseEvent[]
}
export type ReturnedRating = Schemas['ReturnedOut']

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`
const on = (cursor: string | null) => (cursor ? `&cursor=${cursor}` : '')

export const adjudicationApi = {
  cases: (slug: string, stage: CaseStage, cursor: string | null) =>
    ask<Page<CaseRow>>('GET', of(slug, `adjudication?stage=${stage}${on(cursor)}`)),
  open: (slug: string, item: number, reason: string) =>
    ask<Story>('POST', of(slug, 'adjudication'), { item, reason }),
  story: (slug: string, item: number) => ask<Story>('GET', of(slug, `adjudication/${item}`)),
  decide: (
    slug: string,
    item: number,
    levels: Partial<Record<Dimension, number>>,
    reason: string,
  ) => ask<Story>('POST', of(slug, `adjudication/${item}/decisions`), { levels, reason }),
  sendBack: (slug: string, item: number, slot: number, reason: string) =>
    ask<Story>('POST', of(slug, `adjudication/${item}/returns`), { slot, reason }),
  returned: (slug: string) => ask<Page<ReturnedRating>>('GET', of(slug, 'returned')),
}
