// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { PlaceContext } from '../../src/app/session'
import type { Role } from '../../src/core/types'
import { LoopPage } from '../../src/pages/loop/LoopPage'
import { answers, asked, serve } from './server'

const POLICY = {
  enabled: false,
  every_hours: null,
  after_ratings: null,
  least_gain: null,
  rule: 'better',
  goes_on_until: '',
  quiet_from: null,
  quiet_until: null,
  zone: 'UTC',
  weekly_hours: null,
  options: {},
}
const STAGES = ['score', 'select', 'finetune', 'evaluate']
const EMPTY = {
  policy: POLICY,
  next: { action: 'wait', why: 'off', facts: {} },
  ratings: { all: 0, new: 0 },
  worked_hours: 0,
  champion: null,
  value: { more: 100, gain: null, points: [], curve: null, unknown: 'no-scorer' },
  stages: STAGES.map(kind => ({ kind, run: null, current: false, figures: {} })),
}
const run = (id: number) => ({
  id,
  finished_at: '2026-09-01T09:00:00Z',
  snapshot: { id: 3, digest: 'abcdef0123456789' },
})
const TRIAL = {
  id: 1,
  challenger: 12,
  champion: 9,
  promoted: false,
  grounds: 'undecided',
  by: null,
  reason: '',
  decided_at: '2026-09-01T09:00:00Z',
  captions: 40,
  differences: {
    average: {
      one: 0.6,
      other: 0.59,
      difference: { value: 0.01, low: -0.02, high: 0.04 },
      verdict: 'undecided',
    },
  },
}

function open(roles: Role[] = ['researcher']) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={queries}>
      <PlaceContext value={{ slug: 'demo', name: 'Demo', roles, archived: false }}>
        <LoopPage />
      </PlaceContext>
    </QueryClientProvider>,
  )
}

serve(() => ({
  'GET loop': [200, EMPTY],
  'GET loop/trials': [200, { results: [], next: null }],
}))

it('says of an empty project what is missing', async () => {
  open()
  expect(await screen.findByText(/Nothing begins by itself/)).toBeTruthy()
  expect(screen.getByText('No scorer yet')).toBeTruthy()
  expect(screen.getByText('It is known once a scorer has learnt.')).toBeTruthy()
  expect(await screen.findByText('No scorer has challenged the champion yet.')).toBeTruthy()
})

it('shows each stage with its run, and what does not follow from the champion', async () => {
  answers['GET loop'] = [
    200,
    {
      ...EMPTY,
      ratings: { all: 1234, new: 1 },
      champion: { ...run(9), agreement: null, ratings: 80 },
      stages: [
        { kind: 'score', run: run(10), current: true, figures: { captions: 300, videos: 60 } },
        { kind: 'select', run: run(11), current: true, figures: { selected: 20, videos: 48 } },
        { kind: 'finetune', run: run(5), current: false, figures: { captions: 18 } },
        {
          kind: 'evaluate',
          run: run(6),
          current: false,
          figures: { 'fine-tuned': 4.2, base: 3.9 },
        },
      ],
    },
  ]
  open()
  const selected = (await screen.findByText('Selected')).closest('li') as HTMLElement
  expect(selected.textContent).toContain('20of 48 videos, 300 captions scored')
  expect(within(selected).getByText('from the champion')).toBeTruthy()
  const finetuned = screen.getByText('Fine-tuned').closest('li') as HTMLElement
  expect(within(finetuned).getByText('from an older scorer')).toBeTruthy()
  expect(
    within(finetuned)
      .getAllByRole('link')
      .map(link => link.getAttribute('href')),
  ).toEqual(['/p/demo/runs/5', '/p/demo/snapshots/3'])
  expect(screen.getByText('mean level; 3.90 before')).toBeTruthy()
})

it('lists challengers with the difference and its interval', async () => {
  answers['GET loop/trials'] = [200, { results: [TRIAL], next: null }]
  open()
  const row = (await screen.findByText('Train scorer #12')).closest('tr') as HTMLElement
  expect(row.textContent).toContain('+0.010 [−0.020, +0.040]')
  expect(row.textContent).toContain('the difference may be chance')
  expect(row.textContent).toContain('the rule')
})

it('lets researchers change the policy, and shows what was wrong with it', async () => {
  answers['PATCH loop/policy'] = [
    400,
    { type: 'invalid', title: 'Invalid.', errors: { zone: ['Give a time zone’s name.'] } },
  ]
  open()
  await userEvent.click(await screen.findByRole('button', { name: 'Change' }))
  const dialog = screen.getByRole('dialog')
  await userEvent.click(within(dialog).getByLabelText('Let runs begin by themselves'))
  await userEvent.type(within(dialog).getByLabelText('After new ratings'), '200')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))

  expect(await within(dialog).findByText('Give a time zone’s name.')).toBeTruthy()
  expect(asked).toHaveBeenCalledWith(
    'PATCH loop/policy',
    expect.objectContaining({ enabled: true, after_ratings: 200, every_hours: null }),
  )
})

it('only shows it to admins', async () => {
  open(['admin'])
  expect(await screen.findByText('Switched off')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Change' })).toBeNull()
})
