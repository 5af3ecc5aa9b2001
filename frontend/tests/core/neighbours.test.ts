import { describe, expect, it } from 'vitest'
import { neighboursOf } from '../../src/core/neighbours'

describe('neighbours', () => {
  it('are those of the first list that has it, each item once', () => {
    const lists = [[9], [4, 4, 7, 4, 2], [2, 7, 1]]
    expect(neighboursOf(lists, 7)).toEqual({ previous: 4, next: 2 })
    expect(neighboursOf(lists, 4)).toEqual({ previous: null, next: 7 })
    expect(neighboursOf(lists, 2)).toEqual({ previous: 7, next: null })
  })

  it('are none of what is in no list', () => {
    expect(neighboursOf([[1, 2]], 3)).toEqual({ previous: null, next: null })
  })
})
