/** How a file begins, as the site reads it. */

import type { Preview } from '../../core/importsApi'
import { t, word } from '../../core/messages'
import { Banner } from '../../ui/Notice'
import { Table } from '../../ui/Table'

export function FirstRows({ preview: { format, columns, rows, problem } }: { preview: Preview }) {
  if (rows.length === 0) return <Banner tone="bad">{problem || t('wizard.nothing')}</Banner>
  return (
    <Table caption={t('wizard.rows', { n: rows.length, format: word('format', format) })} shown>
      <thead>
        <tr>
          {columns.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name, and never move
          <tr key={number}>
            {columns.map(name => (
              <td key={name} className="sample">
                {row[name]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
