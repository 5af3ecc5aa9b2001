import { describe, expect, it } from 'vitest'
import { safeReturn } from '../../src/core/access'
import { csrfToken } from '../../src/core/client'
import { kindOf } from '../../src/core/importing'
import { fieldErrors, isPassing } from '../../src/core/problem'

describe('safeReturn', () => {
  it.each([
    ['/p/demo/rate', '/p/demo/rate'],
    [null, '/'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/login?next=/login', '/'],
  ])('%s leads to %s', (wanted, to) => expect(safeReturn(wanted)).toBe(to))
})

it('finds the CSRF token among other cookies', () => {
  expect(csrfToken('a=1; csrftoken=abc; b=2')).toBe('abc')
  expect(csrfToken('notcsrftoken=abc')).toBe('')
})

it('knows videos, and files that say something of them', () => {
  const names = ['captions.jsonl', 'b.MP4', 'a.mov', 'notes.txt', 'r.parquet']
  expect(names.map(kindOf)).toEqual(['data', 'video', 'video', 'unknown', 'data'])
})

it('finds the errors of nested fields', () => {
  const errors = { options: { scorer: { steps: ['Too few.', 'Really.'] } }, kind: ['Unknown.'] }
  expect(fieldErrors(errors)).toEqual({
    'options.scorer.steps': 'Too few. Really.',
    kind: 'Unknown.',
  })
})

it.each([
  [0, 'unreachable', true],
  [503, 'error', true],
  [429, 'throttled', true],
  [409, 'already-submitted', false],
  [401, 'not-authenticated', false],
])('a refusal with %d (%s) may pass: %s', (status, type, passing) => {
  expect(isPassing({ type, title: '', status })).toBe(passing)
})
