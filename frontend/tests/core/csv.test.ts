import { describe, expect, it } from 'vitest'
import { csvLink, toCsv } from '../../src/core/csv'

describe('toCsv', () => {
  it('quotes texts, writes figures as they are, and leaves out what is not there', () => {
    expect(toCsv(['who', 'n'], [['Mara "M." Ö', -1.5]])).toBe('who,n\r\n"Mara ""M."" Ö",-1.5\r\n')
    expect(toCsv(['a', 'b'], [[null, 0]])).toBe('a,b\r\n,0\r\n')
    expect(toCsv(['a'], [])).toBe('a\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('disarms the formula %j', formula =>
    expect(toCsv(['a'], [[formula]])).toBe(`a\r\n"'${formula}"\r\n`),
  )

  it('keeps lines and commas in their cell', () => {
    expect(toCsv(['a'], [['one,\ntwo']])).toBe('a\r\n"one,\ntwo"\r\n')
  })
})

it('csvLink is read back as it was', () => {
  const [, content] = csvLink('a\r\n"50 % & #1"\r\n').split(',', 2)
  expect(decodeURIComponent(content ?? '')).toBe('a\r\n"50 % & #1"\r\n')
})
