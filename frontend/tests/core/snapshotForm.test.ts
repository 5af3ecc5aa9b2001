import { describe, expect, it } from 'vitest'
import { leavesTraining, narrowing, toggled, USUAL, wantedOf } from '../../src/core/snapshotForm'

describe('what is asked for', () => {
  it('is everything, as long as nobody has chosen', () => {
    const { filters, split, as_of } = wantedOf(USUAL)

    expect(narrowing(filters)).toEqual([])
    expect(split).toEqual({ salt: '', validation: 0, test: 20 })
    expect(as_of).toBeNull()
  })

  it('has one spelling, whatever was clicked first', () => {
    const one = toggled(toggled(USUAL, 'kinds', 'short'), 'kinds', 'detailed')
    const other = toggled(toggled(USUAL, 'kinds', 'detailed'), 'kinds', 'short')

    expect(wantedOf(one)).toEqual(wantedOf(other))
    expect(wantedOf(toggled(toggled(one, 'kinds', 'short'), 'kinds', 'detailed'))).toEqual(
      wantedOf(USUAL),
    )
  })

  it('tells each filter that narrows', () => {
    const form = {
      ...toggled(toggled(USUAL, 'rubrics', '2'), 'annotators', 'a3'),
      since: '2026-09-01T12:00',
      late: false,
      flagged: false,
      minimum: '2',
    }
    const { filters } = wantedOf(form)

    expect(narrowing(filters)).toEqual([
      'annotators',
      'rubrics',
      'since',
      'late',
      'flagged',
      'minimum_ratings',
    ])
    expect(filters.rubrics).toEqual([2])
    expect(filters.since).toBe(new Date('2026-09-01T12:00').toISOString())
  })
})

describe('the shares', () => {
  it('have to leave something for training', () => {
    expect(leavesTraining(USUAL)).toBe(true)
    expect(leavesTraining({ ...USUAL, validation: '50', test: '49' })).toBe(true)
    expect(leavesTraining({ ...USUAL, validation: '50', test: '50' })).toBe(false)
  })
})
