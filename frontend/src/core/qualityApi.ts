/** What the quality pages ask of the server. */

import { ask } from './client'
import type {
  AnnotatorRecord,
  Candidate,
  Check,
  CheckChange,
  CheckPurpose,
  InboxFilter,
  InboxRow,
  LedgerRow,
  NewCheck,
  NewTwin,
  Priority,
  Protocol,
  Queue,
  RatedRow,
  Standing,
  StandingState,
  Suggestion,
  Withdrawn,
} from './qualityTypes'
import type { Dimension, Page } from './types'

type Query = Record<string, string | null | undefined>

/** An address below the project; what is asked for by an empty word is not asked for. */
function of(slug: string, rest: string, query: Query = {}): string {
  const wanted = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  const search = new URLSearchParams(wanted).toString()
  return `projects/${encodeURIComponent(slug)}/${rest}${search && `?${search}`}`
}

type Cursor = string | null

export const qualityApi = {
  standings: (slug: string) =>
    ask<{ results: Standing[] }>('GET', of(slug, 'standings')).then(all => all.results),
  annotator: (slug: string, annotator: number) =>
    ask<AnnotatorRecord>('GET', of(slug, `standings/${annotator}`)),
  ratedBy: (slug: string, annotator: number, cursor: Cursor) =>
    ask<Page<RatedRow>>('GET', of(slug, `standings/${annotator}/ratings`, { cursor })),
  setStanding: (slug: string, annotator: number, state: StandingState) =>
    ask<Standing>('POST', of(slug, `standings/${annotator}`), { state }),

  checks: (slug: string, purpose: CheckPurpose, cursor: Cursor) =>
    ask<Page<Check>>('GET', of(slug, 'checks', { purpose, cursor })),
  addCheck: (slug: string, check: NewCheck) => ask<Check>('POST', of(slug, 'checks'), check),
  changeCheck: (slug: string, item: number, change: CheckChange) =>
    ask<Check>('PATCH', of(slug, `checks/${item}`), change),
  candidates: (slug: string, purpose: CheckPurpose, search: string, cursor: Cursor) =>
    ask<Page<Candidate>>('GET', of(slug, 'candidates', { purpose, search, cursor })),

  addTwin: (slug: string, twin: NewTwin) => ask<Check>('POST', of(slug, 'twins'), twin),
  suggestTwin: (slug: string, caption: number, dimension: Dimension) =>
    ask<Suggestion>('POST', of(slug, 'twins/suggestion'), { caption, dimension }),
  makeTwins: (slug: string, count: number, seed: number) =>
    ask<{ made: number; skipped: number }>('POST', of(slug, 'twins/automatic'), { count, seed }),

  queue: (slug: string) => ask<Queue>('GET', of(slug, 'queue')),
  ledger: (slug: string, cursor: Cursor) =>
    ask<Page<LedgerRow>>('GET', of(slug, 'ledger', { cursor })),
  withdrawn: (slug: string, cursor: Cursor) =>
    ask<Page<Withdrawn>>('GET', of(slug, 'withdrawn', { cursor })),
  restore: (slug: string, item: number) => ask<null>('POST', of(slug, `withdrawn/${item}/restore`)),
  prioritise: (slug: string, priority: Priority) =>
    ask<{ changed: number }>('POST', of(slug, 'priorities'), priority),

  remarks: (slug: string, { open, kind }: InboxFilter, cursor: Cursor) =>
    ask<Page<InboxRow>>('GET', of(slug, 'remarks', { open: open ? '1' : '', kind, cursor })),
  resolve: (slug: string, remark: number) =>
    ask<InboxRow>('POST', of(slug, `remarks/${remark}/resolve`)),

  resolveAll: (slug: string, remarks: readonly number[], resolved: boolean) =>
    ask<{ changed: number }>('POST', of(slug, 'remarks/resolve'), { remarks, resolved }),

  protocol: (slug: string) => ask<Protocol>('GET', of(slug, 'protocol')),
  changeProtocol: (slug: string, change: Partial<Protocol>) =>
    ask<Protocol>('PATCH', of(slug, 'protocol'), change),
}
