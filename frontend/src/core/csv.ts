/** Rows as a file for spreadsheets, which can do no harm to one. */

export type Cell = string | number | null

export function toCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map(row => row.map(written).join(','))
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

/** The address of a file that the browser makes itself. */
export const csvLink = (content: string): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(content)}`

const written = (cell: Cell): string | number =>
  cell === null ? '' : typeof cell === 'number' ? cell : quoted(cell)

/** Harmless to a spreadsheet that would take it for a formula. */
const quoted = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
