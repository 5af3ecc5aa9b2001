import { describe, expect, it } from 'vitest'
import { pairsCsv } from '../../src/core/pairsCsv'

const pair = {
  one: 'a',
  two: 'b',
  wins_one: 3,
  wins_two: 2,
  ties: 1,
  both_bad: 2,
  win_rate: { value: 0.5625, low: 0.25, high: 0.75 },
  reason: null,
}

describe('the file of pairs', () => {
  it('has a row for each two, and nothing where nobody voted', () => {
    const nobody = { ...pair, two: 'c', win_rate: null, reason: 'no-votes' } as const
    expect(pairsCsv([pair, nobody]).split('\r\n')).toEqual([
      'one,two,wins_one,wins_two,ties,both_bad,win_rate_one,low,high',
      '"a","b",3,2,1,2,0.5625,0.25,0.75',
      '"a","c",3,2,1,2,,,',
      '',
    ])
  })

  it('leaves no name to a spreadsheet as a formula, and none breaks out of its quotes', () => {
    const [, row] = pairsCsv([{ ...pair, one: '=1+1', two: 'a "b", c' }]).split('\r\n')
    expect(row).toMatch(/^"'=1\+1","a ""b"", c",/)
  })
})
