import { describe, expect, it } from 'vitest'
import { isHere, isShort, navigation } from '../../src/app/navigation'

describe('navigation', () => {
  it('needs no menu for somebody who only rates', () => {
    const groups = navigation('demo', ['annotator'])
    expect(groups.flatMap(({ entries }) => entries.map(({ to }) => to))).toEqual([
      '/p/demo',
      '/p/demo/rate',
      '/p/demo/vote',
    ])
    expect(isShort(groups)).toBe(true)
  })

  it('groups what is too much for a row, and leaves single pages alone', () => {
    const groups = navigation('demo', ['researcher'])
    expect(isShort(groups)).toBe(false)
    expect(groups.map(({ title, entries }) => [title, entries.length])).toEqual([
      [null, 1],
      ['Data', 2],
      ['Models', 4],
      ['Team', 3],
    ])
  })

  it('shows people to admins', () => {
    const pages = navigation('demo', ['admin']).flatMap(({ entries }) => entries)
    expect(pages.map(({ label }) => label)).toContain('People')
  })
})

it.each([
  ['/p/demo', '/p/demo', true],
  ['/p/demo/runs', '/p/demo', false],
  ['/p/demo/runs/7', '/p/demo/runs', true],
  ['/p/demo/runs', '/p/demo/rate', false],
])('at %s the entry %s is marked: %s', (location, to, here) =>
  expect(isHere(location, { to, label: '' })).toBe(here),
)
