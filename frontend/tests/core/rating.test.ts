import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, begin, complete, type Rating, rate } from '../../src/core/rating'
import { DIMENSIONS, type Level } from '../../src/core/types'

const play = (actions: readonly Action[], from: Rating = begin()) => actions.reduce(rate, from)
const digit = (level: Level): Action => ({ type: 'answer', level, moveOn: true })

describe('five digits', () => {
  it('answer the five questions, however fast they come', () => {
    const rating = play([digit(4), digit(0), digit(3), digit(5), digit(1)])
    expect(rating.answers).toEqual({ object: 4, feature: 0, action: 3, camera: 5, background: 1 })
    expect(rating.pending).toBe(true)
  })

  it('answer them when each waits for its pause', () => {
    const slow: Action[] = [4, 0, 3, 5, 1].flatMap((level): Action[] => [
      digit(level as Level),
      { type: 'moveOn' },
    ])
    expect(play(slow)).toMatchObject({ at: 'summary', changes: 0, pending: false })
  })

  it('leave the summary alone when one too many is pressed', () => {
    const rating = play([digit(4), digit(0), digit(3), digit(5), digit(1), digit(2)])
    expect(rating).toMatchObject({ at: 'summary', answers: { background: 1 } })
  })
})

describe('a press of the mouse', () => {
  it('corrects the question it was for, even during the pause', () => {
    const press = (level: Level): Action => ({ type: 'answer', level, moveOn: true, to: 'object' })
    const rating = play([press(3), press(4)])
    expect(rating).toMatchObject({ at: 'object', answers: { object: 4 }, changes: 1 })
    expect(rating.answers.feature).toBeUndefined()
  })

  it('is ignored when its question has gone meanwhile', () => {
    const rating = play([digit(3), { type: 'moveOn' }])
    expect(rate(rating, { type: 'answer', level: 5, moveOn: true, to: 'object' })).toBe(rating)
  })
})

describe('going about', () => {
  it('goes back from the summary to the last question, and no further than the first', () => {
    const done = begin(DIMENSIONS, {
      answers: { object: 1, feature: 1, action: 1, camera: 1, background: 1 },
      changes: 0,
    })
    expect(done.at).toBe('summary')
    expect(rate(done, { type: 'back' }).at).toBe('background')
    expect(play([{ type: 'back' }, { type: 'back' }]).at).toBe('object')
  })

  it('returns to the summary after one answer was corrected', () => {
    const done = play([digit(4), digit(0), digit(3), digit(5), digit(1), { type: 'moveOn' }])
    const corrected = play([{ type: 'jump', to: 'action' }, digit(2), { type: 'moveOn' }], done)
    expect(corrected).toMatchObject({ at: 'summary', changes: 1, answers: { action: 2 } })
  })

  it('comes back for a question that was jumped over', () => {
    const rating = play([
      { type: 'jump', to: 'camera' },
      digit(4),
      { type: 'moveOn' },
      digit(3),
      { type: 'moveOn' },
    ])
    expect(rating.at).toBe('object')
  })

  it('does not go on without an answer, nor by itself without auto-advance', () => {
    expect(play([{ type: 'next' }]).at).toBe('object')
    const answered = play([{ type: 'answer', level: 2, moveOn: false }, { type: 'moveOn' }])
    expect(answered.at).toBe('object')
    expect(rate(answered, { type: 'next' }).at).toBe('feature')
  })

  it('begins a draft at its first open question', () => {
    expect(begin(DIMENSIONS, { answers: { object: 0 }, changes: 0 }).at).toBe('feature')
  })
})

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map(level => digit(level as Level)),
  fc.constantFrom<Action>({ type: 'moveOn' }, { type: 'next' }, { type: 'back' }),
  fc.constantFrom(...DIMENSIONS).map((to): Action => ({ type: 'jump', to })),
)

it('never loses an answer, whatever is pressed', () => {
  fc.assert(
    fc.property(fc.array(action), actions => {
      let rating = begin()
      for (const one of actions) {
        const before = Object.keys(rating.answers).length
        rating = rate(rating, one)
        expect(Object.keys(rating.answers).length).toBeGreaterThanOrEqual(before)
      }
    }),
    { seed: 3 },
  )
})

describe('complete', () => {
  it('takes 0 for an answer', () => {
    const answers = { object: 0, feature: 0, action: 0, camera: 0, background: 0 } as const
    expect(complete(answers)).toEqual(answers)
  })

  it('is null while one is missing', () => {
    expect(complete({ object: 1, feature: 1, action: 1, camera: 1 })).toBeNull()
  })
})
