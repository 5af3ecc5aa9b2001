// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { PlaceContext } from '../../src/app/session'
import type { Role } from '../../src/core/types'
import type { ComparisonWithResults } from '../../src/core/votesTypes'
import { ComparisonPage } from '../../src/pages/comparisons/ComparisonPage'
import { ComparisonsPage } from '../../src/pages/comparisons/ComparisonsPage'
import { answers, asked, serve } from './server'

const NOBODY = { votes: 0, strength: null, win_rate: null, reason: 'no-votes' } as const
const DUEL: ComparisonWithResults = {
  id: 3,
  name: 'duel',
  kind: 'detailed',
  overlap: 2,
  made_at: '2026-09-08T12:00:00Z',
  captioners: ['Plain', 'Swift', 'Late'],
  pairs: 4,
  votes_wanted: 8,
  votes_done: 6,
  results: {
    tie: 0.5,
    ranking: [
      {
        captioner: 'Swift',
        votes: 6,
        strength: { value: 0.5, low: 0.1, high: 0.9 },
        win_rate: { value: 0.75, low: 0.5, high: 0.9 },
        reason: null,
      },
      {
        captioner: 'Plain',
        votes: 6,
        strength: { value: -0.5, low: -0.9, high: -0.1 },
        win_rate: { value: 0.25, low: 0.1, high: 0.5 },
        reason: null,
      },
      { captioner: 'Late', ...NOBODY },
    ],
    pairs: [
      {
        one: 'Plain',
        two: 'Swift',
        wins_one: 1,
        wins_two: 4,
        ties: 0,
        both_bad: 1,
        win_rate: { value: 0.25, low: 0.1, high: 0.5 },
        reason: null,
      },
    ],
  },
}

function open(page: ReactNode, roles: readonly Role[] = ['admin']) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={queries}>
      <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: [...roles] }}>{page}</PlaceContext>
    </QueryClientProvider>,
  )
}

serve(() => ({}))

describe('the list of blind votes', () => {
  it('says that there is none, and lets an admin begin one', async () => {
    answers['GET comparisons'] = [200, { results: [], next: null }]
    answers['GET captioners'] = [
      200,
      { results: [{ name: 'Swift' }, { name: 'Plain' }], next: null },
    ]
    answers['POST comparisons'] = [201, DUEL]
    open(<ComparisonsPage />)
    expect(await screen.findByText('No blind vote yet')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'New blind vote' }))
    const dialog = within(screen.getByRole('dialog'))
    await userEvent.type(dialog.getByLabelText('Name'), 'duel')
    await userEvent.click(await dialog.findByLabelText('Plain'))
    await userEvent.click(dialog.getByRole('button', { name: 'Start the vote' }))
    expect(dialog.getByRole('alert').textContent).toBe('Choose at least two captioners.')
    await userEvent.click(dialog.getByLabelText('Swift'))
    await userEvent.type(dialog.getByLabelText(/Videos/), '20')
    await userEvent.click(dialog.getByRole('button', { name: 'Start the vote' }))
    expect(asked).toHaveBeenCalledWith('POST comparisons', {
      name: 'duel',
      captioners: ['Plain', 'Swift'],
      kind: 'detailed',
      overlap: 1,
      videos: 20,
    })
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('shows researchers how far each has come, and no button', async () => {
    answers['GET comparisons'] = [200, { results: [DUEL], next: null }]
    open(<ComparisonsPage />, ['researcher'])
    expect((await screen.findByRole('link', { name: 'duel' })).getAttribute('href')).toBe(
      '/p/demo/comparisons/3',
    )
    expect(screen.getByText('6 of 8 votes')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'New blind vote' })).toBeNull()
  })
})

describe('a blind vote', () => {
  it('ranks who has votes, says who has none, and hands over the counts', async () => {
    answers['GET comparisons/3'] = [200, DUEL]
    open(<ComparisonPage comparison={3} />)
    const ranking = within(await screen.findByRole('table', { name: 'Who is preferred' }))
    const rows = ranking.getAllByRole('row').map(({ textContent }) => textContent)
    expect(rows[1]).toContain('Swift0.50 (0.10 to 0.90)75% (50% to 90%)6')
    expect(rows[3]).toBe('Lateno votesno votes0')
    const file = screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href') ?? ''
    expect(decodeURIComponent(file)).toContain('"Plain","Swift",1,4,0,1,0.25')
  })

  it('says that nobody has voted yet, and has no file of nothing', async () => {
    const ranking = DUEL.captioners.map(captioner => ({ captioner, ...NOBODY }))
    const results = { tie: null, ranking, pairs: [] }
    answers['GET comparisons/3'] = [200, { ...DUEL, votes_done: 0, results }]
    open(<ComparisonPage comparison={3} />)
    expect(await screen.findByText('No votes yet')).toBeTruthy()
    expect(screen.queryByRole('link', { name: 'Download as CSV' })).toBeNull()
  })
})
