import { describe, expect, it } from 'vitest'
import { addPoints } from '../../src/core/curves'
import {
  again,
  elapsed,
  FIELDS,
  inFormOrder,
  optionsFrom,
  share,
  stagesOf,
  whenEmpty,
} from '../../src/core/runs'

it('calls a limit that nobody set no limit', () => {
  expect(whenEmpty('budget')).toBe('option.unlimited')
  expect(whenEmpty('steps')).toBe('option.automatic')
})

describe('again', () => {
  const parents = [
    { id: 2, kind: 'scorer', state: 'succeeded' },
    { id: 4, kind: 'distill', state: 'succeeded' },
  ] as const
  const config = { seed: 3 }

  it('takes the newest of what a run builds on by itself', () => {
    const scored = { kind: 'score' as const, config, parents: [parents[0]] }
    expect(again(scored)).toEqual({ kind: 'score', options: config, parents: [] })
  })

  it('stays with what somebody named', () => {
    const evaluated = { kind: 'evaluate' as const, config, parents: [...parents] }
    expect(again(evaluated).parents).toEqual([4])
    const described = { kind: 'caption' as const, config, parents: [parents[1]] }
    expect(again(described).parents).toEqual([4])
    expect(again({ kind: 'turn', config, parents: [parents[0]] }).parents).toEqual([2])
  })
})

describe('stagesOf', () => {
  it('ends where the turn does', () => {
    expect(stagesOf({ config: { until: 'select' } })).toEqual(['scorer', 'score', 'select'])
  })

  it('knows that turns of old went round', () => {
    expect(stagesOf({ config: {} }).at(-1)).toBe('evaluate')
  })
})

describe('optionsFrom', () => {
  const read = (values: Record<string, string>) =>
    optionsFrom(FIELDS.scorer, name => values[name] ?? '')

  it('leaves out what was left empty', () => {
    expect(read({ model: 'miniature', steps: ' ' })).toEqual({ model: 'miniature' })
  })

  it('makes numbers of numbers, and leaves what is none to the server', () => {
    expect(read({ steps: '200', learning_rate: '2e-4', frames: 'many' })).toEqual({
      steps: 200,
      learning_rate: 0.0002,
      frames: 'many',
    })
  })
})

it('puts a config in the order of its form, and what it does not know last', () => {
  const names = inFormOrder('select', { seed: 0, news: 1, threshold: 3.5, policy: 'best' })
  expect(names.map(([name]) => name)).toEqual(['policy', 'threshold', 'seed', 'news'])
  expect(inFormOrder('turn', { evaluate: {}, scorer: {} })[0]).toEqual(['scorer', {}])
})

describe('share', () => {
  const progress = (done: number, total: number) => ({ done, total, message: '' })

  it('is unknown without a total, and whole in the end', () => {
    expect(share({ state: 'running', progress: progress(3, 0) })).toBeNull()
    expect(share({ state: 'running', progress: progress(3, 4) })).toBe(0.75)
    expect(share({ state: 'succeeded', progress: progress(0, 0) })).toBe(1)
  })
})

it('counts the seconds of work up to now, or to the end', () => {
  const started_at = '2026-09-01T12:00:00Z'
  const now = Date.parse('2026-09-01T12:01:00Z')
  expect(elapsed({ started_at, finished_at: null }, now)).toBe(60)
  expect(elapsed({ started_at, finished_at: '2026-09-01T12:00:05Z' }, now)).toBe(5)
  expect(elapsed({ started_at: null, finished_at: null }, now)).toBeNull()
})

describe('addPoints', () => {
  const point = (step: number, value: number) => ({ name: 'loss', step, value })

  it('keeps the steps in order, however they arrive', () => {
    expect(addPoints({}, [point(1, 3), point(3, 1), point(2, 2)])).toEqual({
      loss: [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
    })
  })

  it('takes a step that comes again once', () => {
    const before = addPoints({}, [point(1, 3), point(2, 2)])
    expect(addPoints(before, [point(1, 9)])).toEqual({
      loss: [
        [1, 9],
        [2, 2],
      ],
    })
  })
})
