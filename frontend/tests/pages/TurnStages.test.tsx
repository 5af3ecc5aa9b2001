// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { RunDetail } from '../../src/core/types'
import { TurnStages } from '../../src/pages/runs/TurnStages'

vi.mock('../../src/app/session', () => ({ usePlace: () => ({ slug: 'demo', roles: [] }) }))

afterEach(cleanup)

const turn = (given: Partial<RunDetail>) =>
  ({ id: 9, kind: 'turn', config: {}, stages: [], parents: [], ...given }) as unknown as RunDetail

it('walks through all stages', () => {
  render(<TurnStages turn={turn({})} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(5)
  expect(screen.getAllByText('Not yet')).toHaveLength(5)
})

it('ends where it was asked to, and counts the scorer that it was given as done', () => {
  const given = turn({
    config: { until: 'select' },
    parents: [{ id: 4, kind: 'scorer', state: 'succeeded' }],
  })
  render(<TurnStages turn={given} />)
  const [scorer, ...others] = screen.getAllByRole('listitem')
  expect(others).toHaveLength(2)
  expect(scorer?.textContent).toContain('Succeeded')
  expect(scorer?.textContent).toContain('#4, as given')
  expect(screen.getByRole('link').getAttribute('href')).toBe('/p/demo/runs/4')
})
