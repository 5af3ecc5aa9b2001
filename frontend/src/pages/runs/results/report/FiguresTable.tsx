/** A scorer's figures with their intervals, beside what one person reaches. */

import { DASH, decimal } from '../../../../core/format'
import { t, word } from '../../../../core/messages'
import { rowsOf, type Value, type Values } from '../../../../core/scorerReport'
import { Table } from '../../../../ui/Table'

/** Without a ceiling the table has no column for it. */
type Props = { title: string; figures: Values; ceiling?: Values }

export function FiguresTable({ title, figures, ceiling }: Props) {
  return (
    <Table caption={title} shown>
      <thead>
        <tr>
          <th scope="col">{t('evaluation.figure')}</th>
          <th scope="col" className="number">
            {t('evaluation.scorer')}
          </th>
          {ceiling && (
            <th scope="col" className="number">
              {t('evaluation.person')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rowsOf(figures, ceiling).map(({ figure, scorer, person }) => (
          <tr key={figure} className="figure-row">
            <th scope="row">{word('evaluation.name', figure)}</th>
            <ValueCell value={scorer} strong />
            {ceiling && <ValueCell value={person} />}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

type CellProps = { value: Value | null; strong?: boolean }

/** The figure and its interval, or in words why either is missing. */
export function ValueCell({ value, strong = false }: CellProps) {
  const Figure = strong ? 'strong' : 'span'
  const { low, high, reason } = value ?? { low: null, high: null, reason: 'no-ceiling' }
  return (
    <td className="number figure-cell">
      {value?.value != null && <Figure>{decimal(value.value)}</Figure>}{' '}
      {low !== null && high !== null ? (
        <span className="muted figure-interval">
          {t('leaderboard.interval', { low: decimal(low), high: decimal(high) })}
        </span>
      ) : (
        <span className="muted figure-reason">{whyNone(reason)}</span>
      )}
    </td>
  )
}

/** Of one video it is said once, above; the empty place keeps the column straight. */
function whyNone(reason: string | null): string {
  if (reason === 'one-video') return ''
  return reason ? word('evaluation.reason', reason) : DASH
}
