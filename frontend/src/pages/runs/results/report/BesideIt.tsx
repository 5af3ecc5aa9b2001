/** A scorer among the baselines that it must beat. */

import { decimal } from '../../../../core/format'
import { t, word } from '../../../../core/messages'
import type { ScorerResult } from '../../../../core/results'
import { type BesideCell, besideOf, COMPARED } from '../../../../core/scorerBeside'
import { Table } from '../../../../ui/Table'
import { Section } from '../../Section'

export function BesideIt({ result }: { result: Partial<ScorerResult> }) {
  const beside = besideOf(result)
  if (!beside) return null
  const { scorer, rows } = beside
  const ahead = rows.some(({ cells }) => COMPARED.some(figure => cells[figure].ahead))
  return (
    <Section title={t('beside.title')}>
      <p className="note">{t('beside.note')}</p>
      <div className="beside">
        <Table caption={t('beside.title')}>
          <thead>
            <tr>
              <td />
              {COMPARED.map(figure => (
                <th key={figure} scope="col" className="number">
                  {word('beside.figure', figure)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="beside-scorer">
              <th scope="row">{t('beside.scorer')}</th>
              {COMPARED.map(figure => (
                <td key={figure} className="number">
                  <strong>{decimal(scorer[figure])}</strong>
                </td>
              ))}
            </tr>
            {rows.map(({ baseline, cells }) => (
              <tr key={baseline}>
                <th scope="row">{word('beside.name', baseline)}</th>
                {COMPARED.map(figure => (
                  <Cell key={figure} cell={cells[figure]} />
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {ahead && (
        <p className="plot-key" aria-hidden="true">
          <span className="beside-ahead">{t('beside.ahead')}</span>
        </p>
      )}
      <dl className="legend">
        {rows.map(({ baseline }) => (
          <div key={baseline}>
            <dt>{word('beside.name', baseline)}</dt>
            <dd>{word('beside.means', baseline)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Cell({ cell: { value, ahead } }: { cell: BesideCell }) {
  return (
    <td className="number">
      {ahead ? (
        <span className="beside-ahead">
          {decimal(value)} <span className="hidden">{t('beside.ahead')}</span>
        </span>
      ) : (
        decimal(value)
      )}
    </td>
  )
}
