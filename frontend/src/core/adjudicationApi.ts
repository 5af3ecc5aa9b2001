/** What settling disagreements asks of the server. */

import { ask } from './client'
import type { components } from './schema'
import type { Dimension, Level, Levels, Page } from './types'

type Schemas = components['schemas']

export const CASE_STAGES = ['ready', 'waiting', 'decided'] as const
export type CaseStage = Schemas['CaseStage']
export const VIEWS = ['conflicts', ...CASE_STAGES] as const
export type View = (typeof VIEWS)[number]
export type Conflict = Omit<Schemas['ConflictRow'], 'given'> & {
  given: { annotator: string; level: Level }[]
}
export type ConflictFilter = { dimension: string; captioner: string; annotator: string }
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
  conflicts: (slug: string, filter: ConflictFilter, cursor: string | null) => {
    const wanted = Object.entries({ ...filter, cursor: cursor ?? '' }).filter(([, value]) => value)
    const search = new URLSearchParams(wanted).toString()
    return ask<Page<Conflict>>('GET', of(slug, `adjudication/conflicts${search && `?${search}`}`))
  },
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
