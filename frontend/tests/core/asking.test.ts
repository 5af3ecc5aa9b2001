import { afterEach, describe, expect, it } from 'vitest'
import { askedInOrder, inOurWords } from '../../src/core/asking'
import { speak } from '../../src/core/messages'
import { en } from '../../src/core/messages/en'
import { DIMENSIONS, LEVELS, type Rubric } from '../../src/core/types'

describe('askedInOrder', () => {
  it('keeps the usual order unless the project asks otherwise', () => {
    expect(askedInOrder(DIMENSIONS, 5, false)).toEqual(DIMENSIONS)
  })

  it('is the same after a reload, and another for other captions', () => {
    expect(askedInOrder(DIMENSIONS, 5, true)).toEqual(askedInOrder(DIMENSIONS, 5, true))
    const orders = Array.from({ length: 200 }, (_, slot) => askedInOrder(DIMENSIONS, slot, true))
    expect(orders.every(order => new Set(order).size === DIMENSIONS.length)).toBe(true)
    expect(new Set(orders.map(String)).size).toBeGreaterThan(80)
    const first = orders.filter(([dimension]) => dimension === 'camera').length
    expect(first).toBeGreaterThan(20)
    expect(first).toBeLessThan(60)
  })
})

const rubric = (version: number): Rubric => ({
  version,
  language: 'en',
  guideline: '',
  questions: DIMENSIONS.map(dimension => ({
    dimension,
    letter: 'X',
    title: 'T',
    text: 'Q',
    examples: [],
  })),
  levels: LEVELS.map(value => ({ value, phrase: 'P', sentence: 'S' })),
})

describe('inOurWords', () => {
  afterEach(() => speak('en'))

  it("leaves the server's words in its own language", () => {
    expect(inOurWords(rubric(1))).toEqual(rubric(1))
  })

  it('says the known version in German, and another one as the server does', async () => {
    await speak('de')
    const { questions, levels } = inOurWords(rubric(1))
    expect(questions.map(({ title }) => title)).not.toContain('T')
    expect(questions.map(({ text }) => text)).not.toContain('Q')
    expect(levels.map(({ phrase }) => phrase)).not.toContain('P')
    expect(levels.map(({ sentence }) => sentence)).not.toContain('S')
    expect(inOurWords(rubric(2))).toEqual(rubric(2))
  })
})

const source = Object.values(
  import.meta.glob<string>('../../../scorer/rubric.py', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)[0]

it("has the server's own words for what it translates", () => {
  const theirs = (source ?? '').replace(/"\s*\n\s*"/g, '')
  const ours = Object.entries(en).filter(([key]) => key.startsWith('rate.rubric.'))
  expect(ours).toHaveLength(DIMENSIONS.length * 2 + LEVELS.length * 2)
  for (const [, text] of ours) expect(theirs).toContain(`"${String(text)}"`)
})
