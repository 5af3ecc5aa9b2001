// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PlaceContext } from '../../src/app/session'
import { SnapshotPage } from '../../src/pages/snapshots/SnapshotPage'
import { SnapshotsPage } from '../../src/pages/snapshots/SnapshotsPage'

const OPEN = {
  captioners: [],
  kinds: [],
  annotators: [],
  dimensions: [],
  rubrics: [],
  since: null,
  until: null,
  late: true,
  flagged: true,
  minimum_ratings: 0,
}
const SIDE = { videos: 3, captions: 4, judgments: 15 }
const WHOLE = {
  id: 7,
  digest: 'ab'.repeat(32),
  as_of: '2026-09-08T12:00:00Z',
  videos: 9,
  captions: 12,
  judgments: 45,
  preferences: 2,
  filters: { ...OPEN, late: false, dimensions: ['camera'], minimum_ratings: 2 },
  created_by: 'anna',
  created_at: '2026-09-08T12:00:01Z',
  split: { salt: 'spring', validation: 10, test: 20 },
  sides: { train: SIDE, validation: SIDE, test: SIDE },
  leaks: { followed: 1, straddling: 0, repeated: 1 },
  leaking: [
    { kind: 'followed', video: 'cd'.repeat(32), like: 'ef'.repeat(32), bits: 3, captions: [] },
    { kind: 'repeated', video: null, like: null, bits: null, captions: [5, 8] },
  ],
}
const OLDER = { ...WHOLE, id: 6, digest: '12'.repeat(32), judgments: 40, filters: OPEN }
const EXPORT = {
  form: 'csv',
  file: 'ratings.csv',
  content_type: 'text/csv',
  about: 'One row a judgment.',
  bytes: 2048,
  sha256: '34'.repeat(32),
  job: null,
  at_once: true,
}
const CHOICES = {
  captioners: [
    { name: 'Plain', captions: 6 },
    { name: 'Swift', captions: 6 },
  ],
  kinds: ['detailed'],
  annotators: [],
  dimensions: ['camera', 'object'],
  rubrics: [1],
}
const COUNTS = { videos: 9, captions: 12, judgments: 45, annotators: 3, preferences: 2 }

type Answer = [status: number, body: unknown]
let answers: Record<string, Answer>
const asked = vi.fn<(what: string, body: unknown) => void>()

async function answer(input: string | Request, init: RequestInit = {}): Promise<Response> {
  const request = input instanceof Request ? input : null
  const method = request?.method ?? init.method ?? 'GET'
  const sent = request ? await request.text() : String(init.body ?? '')
  const what = `${method} ${(request?.url ?? String(input)).split('/projects/demo/')[1]}`
  asked(what, sent ? JSON.parse(sent) : undefined)
  const [status, body] = answers[what] ?? [404, { type: 'not-found', title: 'Nothing here.' }]
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  })
}

function open(page: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={queries}>
      <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: ['researcher'] }}>
        {page}
      </PlaceContext>
    </QueryClientProvider>,
  )
}

beforeEach(() => {
  answers = {
    'GET snapshots': [200, { results: [WHOLE, OLDER], next: null }],
    'GET snapshots/choices': [200, CHOICES],
    'POST snapshots/preview': [200, COUNTS],
    'POST snapshots': [201, WHOLE],
    'GET snapshots/7': [200, WHOLE],
    'GET snapshots/7/exports': [200, { results: [EXPORT] }],
  }
  vi.stubGlobal('fetch', vi.fn(answer))
  // jsdom has no dialogs of its own.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  asked.mockClear()
})

describe('the list of snapshots', () => {
  it('says what each lets in, and leads to it', async () => {
    open(<SnapshotsPage />)

    const link = await screen.findByRole('link', { name: 'abababababab' })
    expect(link.getAttribute('href')).toBe('/p/demo/snapshots/7')
    expect(screen.getByText('everything')).toBeTruthy()
    expect(screen.getByText(/Dimensions, Without late answers/)).toBeTruthy()
  })
})

describe('freezing', () => {
  it('counts what is wanted, and freezes that', async () => {
    open(<SnapshotsPage />)
    await userEvent.click(screen.getByRole('button', { name: 'Freeze snapshot' }))
    const dialog = within(screen.getByRole('dialog'))
    await userEvent.click(await dialog.findByLabelText('Plain (6 captions)'))
    await userEvent.click(dialog.getByLabelText('Leave out answers that came late'))
    expect(await dialog.findByText(/45 judgments by 3 annotators/)).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: 'Freeze' }))

    expect(await screen.findByText('Snapshot abababababab is frozen.')).toBeTruthy()
    expect(asked).toHaveBeenCalledWith(
      'POST snapshots',
      expect.objectContaining({
        background: false,
        filters: { ...OPEN, captioners: ['Plain'], late: false },
      }),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('offers no choice where there is only one', async () => {
    open(<SnapshotsPage />)
    await userEvent.click(screen.getByRole('button', { name: 'Freeze snapshot' }))

    const dialog = within(screen.getByRole('dialog'))
    await dialog.findByLabelText('Plain (6 captions)')
    expect(dialog.queryByText('Kinds of caption')).toBeNull()
  })

  it('leaves much to a job, and says why one failed', async () => {
    const job = { id: 3, state: 'running', ended_at: null, result: {}, problem: {} }
    const problem = { type: 'worker-lost', title: 'Its worker went away.' }
    answers['POST snapshots/preview'] = [200, { ...COUNTS, judgments: 1_000_000 }]
    answers['POST snapshots'] = [202, job]
    answers['GET jobs/3'] = [200, { ...job, state: 'failed', ended_at: 'then', problem }]
    open(<SnapshotsPage />)
    await userEvent.click(screen.getByRole('button', { name: 'Freeze snapshot' }))
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Freeze' }),
    )

    expect(await screen.findByText('Its worker went away.', {}, { timeout: 3000 })).toBeTruthy()
    expect(asked).toHaveBeenCalledWith(
      'POST snapshots',
      expect.objectContaining({ background: true }),
    )
  })

  it('asks for something to train on', async () => {
    open(<SnapshotsPage />)
    await userEvent.click(screen.getByRole('button', { name: 'Freeze snapshot' }))
    const dialog = within(screen.getByRole('dialog'))
    const validation = dialog.getByLabelText('Validation, percent of videos')
    await userEvent.clear(validation)
    await userEvent.type(validation, '80')
    await userEvent.click(dialog.getByRole('button', { name: 'Freeze' }))

    expect(dialog.getByText('Leave at least one percent for training.')).toBeTruthy()
    expect(asked).not.toHaveBeenCalledWith('POST snapshots', expect.anything())
  })
})

describe('one snapshot', () => {
  it('tells its filters, its sides and what might leak', async () => {
    open(<SnapshotPage snapshot={7} />)

    expect(await screen.findByText('Dimensions: Camera')).toBeTruthy()
    expect(screen.getByText('Fewest annotators per caption: 2')).toBeTruthy()
    expect(screen.getByText(/the salt “spring”/)).toBeTruthy()
    expect(screen.getByText('1 text stands on more than one side.')).toBeTruthy()
    expect(screen.getByText('Captions 5 and 8 say the same')).toBeTruthy()
    expect(screen.getByText(/cdcdcdcdcdcd follows efefefefefef/)).toBeTruthy()
  })

  it('of before there were sides has none to show', async () => {
    answers['GET snapshots/7'] = [
      200,
      {
        ...WHOLE,
        as_of: null,
        created_by: null,
        filters: OPEN,
        split: null,
        sides: null,
        leaks: null,
      },
    ]
    open(<SnapshotPage snapshot={7} />)

    expect(await screen.findByText('everything')).toBeTruthy()
    expect(screen.queryByText('What might leak')).toBeNull()
  })

  it('is downloaded, or made first where it is large', async () => {
    const large = { ...EXPORT, bytes: null, sha256: null, at_once: false }
    const rows = [EXPORT, { ...large, form: 'jsonl' }, { ...large, form: 'new-one', job: 4 }]
    answers['GET snapshots/7/exports'] = [200, { results: rows }]
    answers['POST snapshots/7/exports/jsonl'] = [202, { id: 5 }]
    open(<SnapshotPage snapshot={7} />)

    const link = await screen.findByRole('link', { name: 'Download CSV' })
    expect(link.getAttribute('href')).toBe('/api/v1/projects/demo/snapshots/7/exports/csv')
    expect(screen.getByText('Being made…')).toBeTruthy()
    expect(screen.getByText('One row a judgment.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Make JSON lines' }))
    expect(asked).toHaveBeenCalledWith('POST snapshots/7/exports/jsonl', undefined)
  })

  it('is compared with another one', async () => {
    const none = { added: 0, removed: 0, changed: 0 }
    answers['GET snapshots/7/diff/6'] = [
      200,
      {
        videos: { ...none, changed: 1 },
        captions: none,
        judgments: { ...none, added: 1234 },
        moves: [{ before: 'test', after: 'train', videos: 1 }],
      },
    ]
    open(<SnapshotPage snapshot={7} />)
    await userEvent.selectOptions(await screen.findByLabelText('Since snapshot'), '6')

    expect(await screen.findByText('1,234')).toBeTruthy()
    expect(screen.getByText('1 video went from Test to Training.')).toBeTruthy()
    const lines = screen.getByRole('link', { name: 'All changes, line by line' })
    expect(lines.getAttribute('href')).toMatch(/snapshots\/7\/diff\/6\.jsonl$/)
  })

  it('that is not there is said', async () => {
    answers['GET snapshots/7'] = [404, { type: 'no-such-snapshot', title: 'There is none.' }]
    open(<SnapshotPage snapshot={7} />)

    expect(await screen.findByRole('alert')).toBeTruthy()
  })
})
