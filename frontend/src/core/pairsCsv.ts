/** How each two captioners did against each other, as a file to compute with. */

import type { PairResult } from './votesTypes'

const COLUMNS = 'one,two,wins_one,wins_two,ties,both_bad,win_rate_one,low,high'

export function pairsCsv(pairs: readonly PairResult[]): string {
  const rows = pairs.map(({ one, two, wins_one, wins_two, ties, both_bad, win_rate }) =>
    [
      ...[quoted(one), quoted(two), wins_one, wins_two, ties, both_bad],
      ...(win_rate ? [win_rate.value, win_rate.low, win_rate.high] : ['', '', '']),
    ].join(','),
  )
  return `${[COLUMNS, ...rows].join('\r\n')}\r\n`
}

/** Harmless to a spreadsheet that would take it for a formula. */
const quoted = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
