/** The delivery log: what was sent to a webhook, how it went, and sending it again. */

import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { CHOICES, webhooksApi } from '../../core/webhooksApi'
import type { Delivery, DeliveryFilter, Webhook } from '../../core/webhooksTypes'
import { Empty } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { useNow } from '../../ui/useNow'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'
import { DeliveryDialog } from './DeliveryDialog'

const STATES = ['', 'waiting', 'delivered', 'failed'] as const
const BADGES = { waiting: 'queued', delivered: 'succeeded', failed: 'failed' } as const
const LOOK_AGAIN_MS = 2000

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const id = useId()
  const { slug } = usePlace()
  const [filter, setFilter] = useState<DeliveryFilter>({ state: '', type: '' })
  const [shown, setShown] = useState<number | null>(null)
  const deliveries = usePages({
    key: ['deliveries', slug, webhook.id, filter],
    load: cursor => webhooksApi.deliveries(slug, webhook.id, filter, cursor),
    every: rows => (rows.some(isAboutToGo) ? LOOK_AGAIN_MS : false),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('webhook.deliveries')}</h2>
      </header>
      <p className="note">{t('webhook.deliveries.hint')}</p>
      <Filters filter={filter} onChange={setFilter} />
      <Loaded query={deliveries}>
        {rows =>
          rows.length === 0 ? (
            <Nothing filtered={filter.state !== '' || filter.type !== ''} />
          ) : (
            <Listed rows={rows} onShow={setShown} />
          )
        }
      </Loaded>
      {shown !== null && (
        <DeliveryDialog webhook={webhook} delivery={shown} onClose={() => setShown(null)} />
      )}
    </section>
  )
}

/** Waits for its first try, which takes seconds; those that were tried wait for minutes or hours. */
const isAboutToGo = ({ state, tries }: Delivery) => state === 'waiting' && tries === 0

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty title={t('webhook.deliveries.none')} />
  return <Empty title={t('webhook.deliveries.empty')} hint={t('webhook.deliveries.try')} />
}

type FiltersProps = { filter: DeliveryFilter; onChange: (filter: DeliveryFilter) => void }

function Filters({ filter, onChange }: FiltersProps) {
  const id = useId()
  return (
    <div className="list-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form */}
      <div className="segments" role="group" aria-label={t('webhook.state')}>
        {STATES.map(state => (
          <button
            key={state}
            type="button"
            className="segment"
            aria-pressed={state === filter.state}
            onClick={() => onChange({ ...filter, state })}
          >
            {state ? word('webhook.delivery', state) : t('webhook.anyState')}
          </button>
        ))}
      </div>
      <div className="field">
        <label htmlFor={id}>{t('webhook.event')}</label>
        <select
          id={id}
          value={filter.type}
          onChange={event => onChange({ ...filter, type: event.target.value })}
        >
          <option value="">{t('webhook.anyEvent')}</option>
          {[...CHOICES, 'ping'].map(type => (
            <option key={type} value={type}>
              {word('webhook.type', type)}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

type ListedProps = { rows: readonly Delivery[]; onShow: (delivery: number) => void }

function Listed({ rows, onShow }: ListedProps) {
  return (
    <StackingTable caption={t('webhook.deliveries')}>
      <thead>
        <tr>
          <th scope="col">{t('webhook.event')}</th>
          <th scope="col">{t('webhook.state')}</th>
          <th scope="col">{t('webhook.answer')}</th>
          <th scope="col">{t('webhook.when')}</th>
          <th scope="col">{t('webhook.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row key={row.id} row={row} onShow={() => onShow(row.id)} />
        ))}
      </tbody>
    </StackingTable>
  )
}

function Row({ row, onShow }: { row: Delivery; onShow: () => void }) {
  const { type, state, tries, happened_at, due_at } = row
  const now = useNow(5)
  return (
    <tr>
      <th scope="row">
        {word('webhook.type', type)}
        <code className="muted part">{type}</code>
      </th>
      <td data-label={t('webhook.state')}>
        <span className={`badge badge-${BADGES[state]}`}>
          <span className="badge-dot" aria-hidden="true" />
          {word('webhook.delivery', state)}
        </span>
        {state === 'waiting' && tries > 0 && (
          <span className="muted part">
            {t('webhook.tries', { n: tries })}, {t('webhook.next')}{' '}
            {Date.parse(due_at) > now ? <Ago iso={due_at} /> : t('webhook.soon')}
          </span>
        )}
      </td>
      <td data-label={t('webhook.answer')}>
        <Came row={row} />
      </td>
      <td data-label={t('webhook.when')}>
        <Ago iso={happened_at} />
      </td>
      <td className="row-end">
        <button type="button" className="button quiet" onClick={onShow}>
          {t('webhook.show')}
          <span className="hidden">
            {' '}
            {word('webhook.type', type)} {row.id}
          </span>
        </button>
      </td>
    </tr>
  )
}

function Came({ row }: { row: Delivery }) {
  const { last_at, last_status, last_problem, last_milliseconds } = row
  if (!last_at) return <span className="muted">{t('webhook.never')}</span>
  return (
    <>
      {last_status ?? word('webhook.problem', last_problem ?? '')}
      <span className="muted part">{t('webhook.took', { n: last_milliseconds ?? 0 })}</span>
    </>
  )
}
