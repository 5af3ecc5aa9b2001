/** What was changed in a text, word by word. */

export type Piece = { kind: 'same' | 'gone' | 'new'; text: string }

/** Texts beyond this many words are compared as a whole: the table grows with the square. */
const MOST = 1_500

/** Pieces that, without what is new, give the first text again; without what is gone, the second. */
export function wordDiff(before: string, after: string): Piece[] {
  const [one, other] = [words(before), words(after)]
  if (one.length > MOST || other.length > MOST)
    return before === after
      ? pieces([['same', before]])
      : pieces([
          ['gone', before],
          ['new', after],
        ])

  const common = lengths(one, other)
  const found: [Piece['kind'], string][] = []
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      found.push(['same', one[i] ?? ''])
      i += 1
      j += 1
    } else if (
      j >= other.length ||
      (i < one.length && at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      found.push(['gone', one[i] ?? ''])
      i += 1
    } else {
      found.push(['new', other[j] ?? ''])
      j += 1
    }
  }
  return pieces(found)
}

/** Words with the blanks behind them, so that joining them gives the text again. */
const words = (text: string): string[] => text.match(/\s*\S+\s*/g) ?? (text ? [text] : [])

const at = (table: readonly Uint16Array[], i: number, j: number): number => table[i]?.[j] ?? 0

/** How many words the rests from (i, j) on have in common at most. */
function lengths(one: readonly string[], other: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1))
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const row = table[i]
      if (row)
        row[j] =
          one[i] === other[j]
            ? at(table, i + 1, j + 1) + 1
            : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  return table
}

function pieces(found: readonly (readonly [Piece['kind'], string])[]): Piece[] {
  const joined: Piece[] = []
  for (const [kind, text] of found) {
    const last = joined.at(-1)
    if (last?.kind === kind) last.text += text
    else joined.push({ kind, text })
  }
  return joined
}
