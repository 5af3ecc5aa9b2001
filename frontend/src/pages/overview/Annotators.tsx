/** Who has rated how much. */

import { useId } from 'react'
import { count, percent } from '../../core/format'
import { t } from '../../core/messages'
import type { Progress } from '../../core/types'
import { Meter } from '../../ui/Meter'
import { Table } from '../../ui/Table'

export function Annotators({ annotators }: Pick<Progress, 'annotators'>) {
  const id = useId()
  const total = annotators.reduce((sum, { ratings }) => sum + ratings, 0)
  const most = [...annotators].sort((one, other) => other.ratings - one.ratings)
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('overview.annotators')}</h2>
      </header>
      {annotators.length === 0 ? (
        <p className="muted">{t('overview.annotators.empty')}</p>
      ) : (
        <Table caption={t('overview.annotators')}>
          <thead>
            <tr>
              <th scope="col">{t('overview.annotator')}</th>
              <th scope="col" className="number">
                {t('overview.ratings')}
              </th>
              <th scope="col">{t('overview.share')}</th>
            </tr>
          </thead>
          <tbody>
            {most.map(({ id: person, username, ratings }) => (
              <tr key={person}>
                <th scope="row">{username}</th>
                <td className="number">{count(ratings)}</td>
                <td className="share-cell">
                  <Meter value={total ? ratings / total : 0} label={username} tone="plain" />
                  <span>{percent(total ? ratings / total : 0)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
