/** What is asked of the audit log, of a project or of an organisation. */

import { ask } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type Entry = Schemas['EntryOut']
export type Kind = Schemas['AuditKind']

export type Place = { of: 'projects' | 'organisations'; slug: string }
/** Days are those of the reader's calendar; empty strings ask for everything. */
export type Wanted = { person: number | null; kind: Kind | ''; since: string; until: string }

export const EVERYTHING: Wanted = { person: null, kind: '', since: '', until: '' }

/** The first instant of a day, or of the one after it, as the server knows it. */
function midnight(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}

export function auditQuery({ person, kind, since, until }: Wanted, cursor: string | null): string {
  const given = new URLSearchParams()
  if (person !== null) given.set('person', String(person))
  if (kind) given.set('kind', kind)
  if (since) given.set('since', midnight(since))
  if (until) given.set('until', midnight(until, 1))
  if (cursor) given.set('cursor', cursor)
  return given.size > 0 ? `?${given}` : ''
}

const path = ({ of, slug }: Place, rest: string) => `${of}/${encodeURIComponent(slug)}/${rest}`

export const auditApi = {
  entries: (place: Place, wanted: Wanted, cursor: string | null) =>
    ask<Page<Entry>>('GET', path(place, `audit${auditQuery(wanted, cursor)}`)),
  file: (place: Place, wanted: Wanted, form: 'csv' | 'jsonl') =>
    `/api/v1/${path(place, `audit.${form}${auditQuery(wanted, null)}`)}`,
}
