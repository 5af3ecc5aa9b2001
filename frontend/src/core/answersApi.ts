/** What the rating screen asks about answers already given, and says about captions. */

import type { Examples, Past, Remark, RemarkKind } from './answersTypes'
import { ask } from './client'
import type { Page } from './types'

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`
const ofSlot = (slug: string, slot: number, rest = '') => of(slug, `slots/${slot}${rest}`)

export const answersApi = {
  history: (slug: string, cursor: string | null) =>
    ask<Page<Past>>(
      'GET',
      of(slug, cursor ? `history?cursor=${encodeURIComponent(cursor)}` : 'history'),
    ),
  takeBackSkip: (slug: string, slot: number) => ask<null>('DELETE', ofSlot(slug, slot, '/skip')),

  /** Some answers come as pages, some as a plain list; here it is always a list. */
  remarks: async (slug: string, slot: number): Promise<Remark[]> => {
    const given = await ask<Remark[] | Page<Remark>>('GET', ofSlot(slug, slot, '/remarks'))
    return Array.isArray(given) ? given : given.results
  },
  remark: (slug: string, slot: number, kind: RemarkKind, text: string) =>
    ask<Remark>('POST', ofSlot(slug, slot, '/remarks'), { kind, text }),
  unflag: (slug: string, slot: number) => ask<null>('DELETE', ofSlot(slug, slot, '/flag')),

  examples: (slug: string) => ask<Examples>('GET', of(slug, 'examples')),
}
