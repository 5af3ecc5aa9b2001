import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Piece, wordDiff } from '../../src/core/wordDiff'

const without = (pieces: Piece[], kind: Piece['kind']) =>
  pieces
    .filter(piece => piece.kind !== kind)
    .map(({ text }) => text)
    .join('')

describe('wordDiff', () => {
  it('names the words that were changed, and no others', () => {
    expect(wordDiff('A red dog runs left.', 'A blue dog runs right.')).toEqual([
      { kind: 'same', text: 'A ' },
      { kind: 'gone', text: 'red ' },
      { kind: 'new', text: 'blue ' },
      { kind: 'same', text: 'dog runs ' },
      { kind: 'gone', text: 'left.' },
      { kind: 'new', text: 'right.' },
    ])
  })

  it('says nothing of what is the same', () => {
    expect(wordDiff('A dog.', 'A dog.')).toEqual([{ kind: 'same', text: 'A dog.' }])
    expect(wordDiff('', '')).toEqual([])
  })

  it('gives both texts again', () => {
    const words = fc.array(fc.constantFrom('a', 'dog', 'runs', 'red.')).map(all => all.join(' '))
    fc.assert(
      fc.property(words, words, (before, after) => {
        const pieces = wordDiff(before, after)
        expect(without(pieces, 'new')).toBe(before)
        expect(without(pieces, 'gone')).toBe(after)
      }),
      { seed: 7 },
    )
  })

  it('compares texts that are very long as a whole', () => {
    const long = 'word '.repeat(2_000)
    expect(wordDiff(long, `${long}more`).map(({ kind }) => kind)).toEqual(['gone', 'new'])
  })
})
