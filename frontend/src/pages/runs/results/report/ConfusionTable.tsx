/** Which level the scorer gives where people give which. */

import type { CSSProperties } from 'react'
import { count } from '../../../../core/format'
import { t } from '../../../../core/messages'
import { type ConfusionCell, sharesOfRows } from '../../../../core/scorerReport'
import { LEVELS } from '../../../../core/types'
import { Table } from '../../../../ui/Table'

export function ConfusionTable({ confusion }: { confusion: readonly (readonly number[])[] }) {
  return (
    <div className="confusion">
      <Table caption={t('evaluation.confusion')} shown>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={LEVELS.length}>
              {t('evaluation.confusion.scorer')}
            </th>
          </tr>
          <tr>
            <th scope="col">{t('evaluation.confusion.people')}</th>
            {LEVELS.map(level => (
              <th key={level} scope="col">
                {level}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sharesOfRows(confusion).map((row, level) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the row is that of a level
            <tr key={level}>
              <th scope="row">{level}</th>
              {row.map((cell, said) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the column is that of a level
                <Counted key={said} cell={cell} agreed={said === level} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="note">{t('evaluation.confusion.note')}</p>
    </div>
  )
}

function Counted({ cell, agreed }: { cell: ConfusionCell; agreed: boolean }) {
  const shade = { '--share': cell.share } as CSSProperties
  return (
    <td style={shade} data-agreed={agreed || undefined} data-none={cell.count === 0 || undefined}>
      {count(cell.count)}
    </td>
  )
}
