/** An entry of the audit log as a sentence, and its values as people read them. */

import type { Entry } from './auditApi'
import { dateTime, list } from './format'
import { t, word } from './messages'

type Value = unknown
type Row = Pick<Entry, 'names'>

const PEOPLE =
  /^(user|by|made_by|accepted_by|annotator|resolved_by|opened_by|requested_by|created_by)_id$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

export function doer({ by, via, reference }: Entry): string {
  if (by) return by.name || t('audit.who.gone', { n: by.id })
  if (via === 'request') return t('audit.who.request')
  if (via === 'command') return t('audit.who.command', { name: reference })
  return via === 'sql' ? t('audit.who.sql') : t('audit.who.site')
}

export function way({ via, reference }: Entry): string {
  return word('audit.via', via).replace('{reference}', reference)
}

export function named(column: string): string {
  const known = word('audit.name', column)
  return known === column ? column.replace(/_id$/, '').replaceAll('_', ' ') : known
}

/** A value of a column. Secrets and long texts were left out by the log itself. */
export function shown(column: string, value: Value, { names }: Row): string {
  if (value === null || value === undefined || value === '') return t('audit.nothing')
  if (value === '***') return t('audit.secret')
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
  if (PEOPLE.test(column)) return names[String(value)] ?? t('audit.number', { n: String(value) })
  if (column === 'role') return word('role', String(value))
  if (typeof value === 'string') return INSTANT.test(value) ? dateTime(value) : value
  if (typeof value === 'object' && 'characters' in value)
    return t('audit.characters', { n: Number(value.characters) })
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function sentence(entry: Entry): string {
  return special(entry) ?? plain(entry)
}

const about = (entry: Entry, column: string): Value =>
  (entry.about as Record<string, Value>)[column]
const changed = (entry: Entry, column: string) =>
  entry.changes.find(change => change.column === column)

/** Which row: what it is called, or else its number. */
function thing(entry: Entry): string {
  const kind = word('audit.kind', entry.kind)
  if (entry.action === 'truncate') return kind
  for (const column of ['name', 'user_id', 'annotator_id', 'username', 'description', 'kind']) {
    const value = about(entry, column)
    if (value) return `${kind} ${inWords(entry, column, value)}`
  }
  return `${kind} ${t('audit.number', { n: entry.row })}`
}

function inWords(entry: Entry, column: string, value: Value): string {
  if (column !== 'kind') return shown(column, value, entry)
  const family = entry.kind === 'run' ? 'kind' : 'job'
  return `${word(family, String(value))} (${t('audit.number', { n: entry.row })})`
}

/** Where the sentence is about the project itself, its name says nothing. */
const speaksForItself = ({ kind }: Entry) => kind === 'project' || kind === 'protocol'

function plain(entry: Entry): string {
  const who = doer(entry)
  if (entry.action !== 'update')
    return t(`audit.says.${entry.action}`, { who, thing: thing(entry) })
  const [first] = entry.changes
  const of = speaksForItself(entry) ? '' : '.of'
  if (first && entry.changes.length === 1)
    return t(`audit.says.change${of}` as 'audit.says.change.of', {
      who,
      column: named(first.column),
      before: shown(first.column, first.before, entry),
      after: shown(first.column, first.after, entry),
      thing: thing(entry),
    })
  const columns = list(entry.changes.map(({ column }) => named(column)))
  return t(`audit.says.changes${of}` as 'audit.says.changes.of', {
    who,
    columns,
    thing: thing(entry),
  })
}

/** What has a sentence of its own. */
function special(entry: Entry): string | null {
  const { kind, action } = entry
  const who = doer(entry)
  const person = shown('user_id', about(entry, 'user_id') ?? about(entry, 'annotator_id'), entry)
  const role = word('role', String(about(entry, 'role')))
  if (kind === 'job' || kind === 'run') return ofWork(entry, who)
  if (action === 'update') return ofUpdate(entry, who, person, role)
  if (action === 'truncate') return null
  switch (`${kind}.${action}`) {
    case 'membership.insert':
      return t('audit.says.membership.insert', { who, person, role })
    case 'membership.delete':
      return t('audit.says.membership.delete', { who, person, role })
    case 'ownership.insert':
      return t('audit.says.ownership.insert', { who, person })
    case 'ownership.delete':
      return t('audit.says.ownership.delete', { who, person })
    case 'invitation.insert':
      return t('audit.says.invitation.insert', { who, role })
    case 'return.insert':
      return t('audit.says.return.insert', { who })
    case 'import.insert':
      return t('audit.says.import.insert', { who })
    case 'decision.insert':
      return t('audit.says.decision.insert', {
        who,
        dimension: word('dimension', String(about(entry, 'dimension'))),
        level: String(changed(entry, 'level')?.after),
      })
    case 'download.insert':
      return t('audit.says.download.insert', {
        who,
        n: String(about(entry, 'snapshot_id')),
        form: word('export', String(about(entry, 'form'))),
      })
    case 'standing.insert':
      return standing(entry, who, person)
    default:
      return null
  }
}

function ofUpdate(entry: Entry, who: string, person: string, role: string): string | null {
  const paused = changed(entry, 'paused_at')
  if (entry.kind === 'membership' && paused)
    return t(paused.after ? 'audit.says.paused' : 'audit.says.resumed', { who, person })
  const archived = changed(entry, 'archived_at')
  if (entry.kind === 'project' && archived)
    return t(archived.after ? 'audit.says.archived' : 'audit.says.unarchived', { who })
  const joined = changed(entry, 'accepted_by_id')
  if (entry.kind === 'invitation' && joined)
    return t('audit.says.invitation.accepted', {
      person: shown('accepted_by_id', joined.after, entry),
      role,
    })
  if (entry.kind === 'invitation' && changed(entry, 'revoked_at'))
    return t('audit.says.invitation.revoked', { who, role })
  return entry.kind === 'standing' ? standing(entry, who, person) : null
}

function standing(entry: Entry, who: string, person: string): string {
  const state = word('quality.state', String(about(entry, 'state')))
  return t('audit.says.standing', { who, person, state })
}

function ofWork(entry: Entry, who: string): string | null {
  if (entry.action === 'insert') return t('audit.says.asked', { who, thing: thing(entry) })
  const state = changed(entry, 'state')
  if (state)
    return t('audit.says.ended', { thing: thing(entry), state: word('state', String(state.after)) })
  return changed(entry, 'cancel_requested')
    ? t('audit.says.cancelled', { who, thing: thing(entry) })
    : null
}
