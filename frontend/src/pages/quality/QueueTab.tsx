/** What is rated next and why, what is out, and where more was collected than was wanted. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { count, percent } from '../../core/format'
import { t, word } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { Queue } from '../../core/qualityTypes'
import { Meter } from '../../ui/Meter'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ledger } from './Ledger'
import { Prioritise } from './Prioritise'
import { WithdrawnItems } from './WithdrawnItems'

export function QueueTab() {
  const id = useId()
  const { slug, roles } = usePlace()
  const [asking, setAsking] = useState(false)
  const queue = useQuery({
    queryKey: ['queue', slug],
    queryFn: () => qualityApi.queue(slug),
    refetchInterval: 30_000,
  })
  return (
    <>
      <section className="panel" aria-labelledby={id}>
        <header className="panel-head">
          <h2 id={id}>{t('quality.queue')}</h2>
          {mayManage(roles) && (
            <button type="button" className="button" onClick={() => setAsking(true)}>
              {t('queue.prioritise')}
            </button>
          )}
        </header>
        {queue.data ? (
          <Shown queue={queue.data} />
        ) : queue.error ? (
          <Failure error={queue.error} retry={() => queue.refetch()} />
        ) : (
          <Skeleton lines={5} tall />
        )}
      </section>
      <Ledger />
      <WithdrawnItems />
      {asking && <Prioritise onClose={() => setAsking(false)} />}
    </>
  )
}

function Shown({ queue }: { queue: Queue }) {
  const { stratum, standing } = queue
  return (
    <>
      <dl className="stats">
        <Stat name={t('queue.leased')} value={count(queue.leased)} />
        <Stat name={t('queue.late')} value={count(queue.late)} />
        <Stat name={t('queue.over')} value={count(queue.over)} />
        <Stat name={t('queue.withdrawn')} value={count(queue.withdrawn)} />
        <Stat name={t('queue.practising')} value={count(standing.practising)} />
        <Stat name={t('queue.qualified')} value={count(standing.qualified)} />
      </dl>
      <Tiers tiers={queue.tiers} />
      <div className="stratum">
        <h3>{t('queue.stratum')}</h3>
        <p className="note">{t('queue.stratum.hint', { share: percent(stratum.share) })}</p>
        <Meter
          value={stratum.items > 0 ? stratum.finished / stratum.items : 0}
          label={t('queue.stratum')}
        />
        <p className="muted">
          {t('queue.stratum.finished', { finished: stratum.finished, items: stratum.items })}
        </p>
      </div>
    </>
  )
}

function Stat({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Tiers({ tiers }: { tiers: Queue['tiers'] }) {
  if (tiers.length === 0) return <Empty title={t('queue.empty')} hint={t('queue.empty.hint')} />
  return (
    <StackingTable caption={t('queue.tiers')}>
      <thead>
        <tr>
          <th scope="col">{t('queue.column.purpose')}</th>
          <th scope="col">{t('queue.column.tier')}</th>
          <th scope="col">{t('queue.column.reason')}</th>
          <th scope="col" className="number">
            {t('queue.column.items')}
          </th>
          <th scope="col" className="number">
            {t('queue.column.open')}
          </th>
          <th scope="col" className="number">
            {t('queue.column.leased')}
          </th>
          <th scope="col" className="number">
            {t('queue.column.finished')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tiers.map(({ tier, reason, purpose, items, open, leased, finished }) => (
          <tr key={`${purpose} ${tier} ${reason}`}>
            <th scope="row">{word('quality.purpose', purpose)}</th>
            <td data-label={t('queue.column.tier')}>
              <span className={tier > 0 ? 'tag tag-urgent' : 'tag'}>
                {word('queue.tier', String(tier))}
              </span>
            </td>
            <td data-label={t('queue.column.reason')}>
              {reason === purpose ? '' : word('queue.reason', reason)}
            </td>
            <td className="number" data-label={t('queue.column.items')}>
              {count(items)}
            </td>
            <td className="number" data-label={t('queue.column.open')}>
              {count(open)}
            </td>
            <td className="number" data-label={t('queue.column.leased')}>
              {count(leased)}
            </td>
            <td className="number" data-label={t('queue.column.finished')}>
              {count(finished)}
            </td>
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}
