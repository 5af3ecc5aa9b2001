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

  /** The newest ones, the oldest of them first. */
  remarks: async (slug: string, slot: number): Promise<Remark[]> =>
    (await ask<Page<Remark>>('GET', ofSlot(slug, slot, '/remarks'))).results.reverse(),
  remark: (slug: string, slot: number, kind: RemarkKind, text: string) =>
    ask<Remark>('POST', ofSlot(slug, slot, '/remarks'), { kind, text }),
  unflag: (slug: string, slot: number) => ask<null>('DELETE', ofSlot(slug, slot, '/flag')),

  examples: (slug: string) => ask<Examples>('GET', of(slug, 'examples')),
}
