/** Answers that came late, or beyond what was wanted. They are kept, and told of here. */

import { useId } from 'react'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { LedgerRow } from '../../core/qualityTypes'
import { StackingTable } from '../../ui/StackingTable'
import { Moment } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from './Loaded'

export function Ledger() {
  const id = useId()
  const { slug } = usePlace()
  const ledger = usePages({
    key: ['ledger', slug],
    load: cursor => qualityApi.ledger(slug, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('queue.ledger')}</h2>
      </header>
      <p className="note">{t('queue.ledger.hint')}</p>
      <Loaded query={ledger}>
        {rows =>
          rows.length === 0 ? (
            <p className="muted">{t('queue.ledger.empty')}</p>
          ) : (
            <Rows rows={rows} />
          )
        }
      </Loaded>
    </section>
  )
}

function Rows({ rows }: { rows: readonly LedgerRow[] }) {
  return (
    <StackingTable caption={t('queue.ledger')}>
      <thead>
        <tr>
          <th scope="col">{t('queue.column.caption')}</th>
          <th scope="col">{t('quality.column.annotator')}</th>
          <th scope="col">{t('queue.column.submitted')}</th>
          <th scope="col">{t('queue.column.why')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ slot, caption_text, annotator, submitted_at, late, n_done, overlap }) => (
          <tr key={slot}>
            <th scope="row">
              <span className="clamped quiet-text">{caption_text}</span>
            </th>
            <td data-label={t('quality.column.annotator')}>{annotator}</td>
            <td data-label={t('queue.column.submitted')}>
              <Moment iso={submitted_at} />
            </td>
            <td data-label={t('queue.column.why')}>
              <span className="tags">
                {late && <span className="tag">{t('queue.isLate')}</span>}
                {n_done > overlap && (
                  <span className="tag">{t('queue.isOver', { done: n_done, overlap })}</span>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}
