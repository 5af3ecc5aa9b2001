// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunDetail } from '../../src/core/types'
import { Reproduction } from '../../src/pages/runs/Reproduction'

vi.mock('../../src/app/session', () => ({ usePlace: () => ({ slug: 'demo', roles: [] }) }))

afterEach(cleanup)

const run = (comparison: RunDetail['comparison'], reproduces: number | null = 7) =>
  ({ id: 8, kind: 'score', state: 'succeeded', reproduces, comparison }) as RunDetail
const files = { agrees: true, same: ['a', 'b'], different: [], missing: [], new: [] }

describe('a reproduction', () => {
  it('says that every file is the same, and of which run', () => {
    render(<Reproduction run={run(files)} />)
    expect(screen.getByText('Reproduced: every file is the same')).toBeTruthy()
    expect(screen.getByRole('link').getAttribute('href')).toBe('/p/demo/runs/7')
  })

  it('names the files that differ', () => {
    render(
      <Reproduction run={run({ ...files, agrees: false, different: ['c'], new: ['d', 'e'] })} />,
    )
    expect(screen.getByRole('alert').textContent).toContain('Different: c')
    expect(screen.getByRole('alert').textContent).toContain('Only here: d, e')
    expect(screen.queryByText(/Missing here/)).toBeNull()
  })

  it('promises the comparison while it goes on', () => {
    render(<Reproduction run={run(null)} />)
    expect(screen.getByText(/will be compared/)).toBeTruthy()
  })

  it('is nothing for any other run', () => {
    const { container } = render(<Reproduction run={run(null, null)} />)
    expect(container.textContent).toBe('')
  })
})
