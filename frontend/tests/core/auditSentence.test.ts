import { afterEach, describe, expect, it } from 'vitest'
import { auditQuery, type Entry, EVERYTHING } from '../../src/core/auditApi'
import { doer, sentence, shown, way } from '../../src/core/auditSentence'
import { speak } from '../../src/core/messages'

afterEach(() => speak('en'))

const entry = (given: Partial<Entry>): Entry => ({
  id: 1,
  at: '2026-09-01T09:00:00Z',
  by: { id: 7, username: 'mara', name: 'Mara' },
  via: 'request',
  reference: 'abc',
  project: null,
  kind: 'protocol',
  row: '3',
  action: 'update',
  about: {},
  changes: [],
  names: {},
  ...given,
})
const changes = (...all: [string, unknown, unknown][]) =>
  all.map(([column, before, after]) => ({ column, before, after }))

describe('sentence', () => {
  it('tells one change from what to what', async () => {
    const overlap = entry({ changes: changes(['overlap', 2, 3]) })
    expect(sentence(overlap)).toBe('Mara changed overlap from 2 to 3')
    await speak('de')
    expect(sentence(overlap)).toBe('Mara hat die Überlappung von 2 auf 3 geändert')
  })

  it('names several changes, and what they are of', () => {
    const webhook = entry({
      kind: 'webhook',
      about: { description: 'Slack' },
      changes: changes(['off', '', 'by-hand'], ['url', 'a', 'b']),
    })
    expect(sentence(webhook)).toBe(
      'Mara changed whether it is off and where it is sent (Webhook Slack)',
    )
  })

  it('tells of people by their names, also of those who are gone', () => {
    const given = { kind: 'membership', action: 'insert', about: { user_id: 9, role: 'admin' } }
    const member = entry({ ...given, names: { '9': 'Bert' } } as Partial<Entry>)
    expect(sentence(member)).toBe('Mara gave Bert the role Admin')
    expect(sentence({ ...member, names: {} })).toBe('Mara gave No. 9 the role Admin')
    const paused = { ...member, action: 'update' as const }
    expect(sentence({ ...paused, changes: changes(['paused_at', null, 'x']) })).toBe(
      'Mara paused Bert',
    )
    expect(sentence({ ...paused, changes: changes(['paused_at', 'x', null]) })).toBe(
      'Mara let Bert work again',
    )
  })

  it('tells who took which snapshot home as what', async () => {
    const about = { snapshot_id: 4, form: 'csv-wide' }
    const taken = entry({ kind: 'download', action: 'insert', about })
    expect(sentence(taken)).toBe('Mara downloaded snapshot no. 4: CSV, wide')
    await speak('de')
    expect(sentence({ ...taken, about: { ...about, form: 'diff' } })).toBe(
      'Mara hat Snapshot Nr. 4 heruntergeladen: was sich geändert hat',
    )
  })

  it('tells how work ended', () => {
    const job = entry({
      kind: 'job',
      about: { kind: 'import' },
      changes: changes(['ended_at', null, 'x'], ['state', 'running', 'failed']),
    })
    expect(sentence(job)).toBe('Job Captions (No. 3) ended: Failed')
    expect(sentence({ ...job, action: 'insert' })).toBe('Mara asked for: Job Captions (No. 3)')
  })

  it('has words for what it does not know', () => {
    const made = entry({ kind: 'bridge', action: 'delete' })
    expect(sentence(made)).toBe('Mara deleted: Bridge No. 3')
    expect(sentence({ ...made, action: 'truncate' })).toBe('Mara deleted all of the kind: Bridge')
  })
})

it('says who did it where nobody is named, and by which way', () => {
  expect(doer(entry({ by: { id: 7, username: '', name: '' } }))).toBe(
    'Somebody who is gone (no. 7)',
  )
  expect(doer(entry({ by: null }))).toBe('Somebody not signed in')
  expect(doer(entry({ by: null, via: 'command', reference: 'migrate' }))).toBe(
    'The command migrate',
  )
  expect(doer(entry({ by: null, via: 'sql' }))).toBe('Somebody with the database')
  expect(doer(entry({ by: null, via: 'site' }))).toBe('Crest itself')
  expect(way(entry({}))).toBe('request abc')
})

it('shows values as people read them', () => {
  const of = entry({ names: { '7': 'Mara' } })
  expect(shown('name', null, of)).toBe('nothing')
  expect(shown('email', '***', of)).toBe('not kept')
  expect(shown('bridging', true, of)).toBe('yes')
  expect(shown('by_id', 7, of)).toBe('Mara')
  expect(shown('text', { characters: 5002 }, of)).toBe('5,002 characters')
  expect(shown('types', ['a'], of)).toBe('["a"]')
})

it('asks for whole days of the reader', () => {
  expect(auditQuery(EVERYTHING, null)).toBe('')
  const asked = new URLSearchParams(
    auditQuery({ person: 7, kind: 'run', since: '2026-09-01', until: '2026-09-01' }, '50'),
  )
  const [since, until] = [asked.get('since'), asked.get('until')].map(at => Date.parse(at ?? ''))
  expect((until ?? 0) - (since ?? 0)).toBe(24 * 3600 * 1000)
  expect([asked.get('person'), asked.get('kind'), asked.get('cursor')]).toEqual(['7', 'run', '50'])
})
