/** A scorer against people, dimension by dimension. */

import { count, decimal } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { ScorerTest } from '../../../core/results'
import { DIMENSIONS } from '../../../core/types'
import { Table } from '../../../ui/Table'

export function AgreementTable({ test, caption }: { test: ScorerTest; caption: string }) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('result.dimension')}</th>
          <th scope="col" className="number">
            {t('result.srcc')}
          </th>
          <th scope="col" className="number">
            {t('result.mae')}
          </th>
          <th scope="col" className="number">
            {t('result.n')}
          </th>
        </tr>
      </thead>
      <tbody>
        {DIMENSIONS.map(dimension => {
          const row = test.per_dimension?.[dimension]
          return (
            <tr key={dimension}>
              <th scope="row">{word('dimension', dimension)}</th>
              <td className="number">{decimal(row?.srcc)}</td>
              <td className="number">{decimal(row?.mae)}</td>
              <td className="number">{row?.n === undefined ? '' : count(row.n)}</td>
            </tr>
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('result.all')}</th>
          <td className="number">{decimal(test.srcc)}</td>
          <td className="number">{decimal(test.mae)}</td>
          <td />
        </tr>
      </tfoot>
    </Table>
  )
}
