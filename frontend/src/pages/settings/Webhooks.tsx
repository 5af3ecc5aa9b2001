/** Which other servers are told of what, and how that goes. */

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { webhooksApi } from '../../core/webhooksApi'
import type { Webhook } from '../../core/webhooksTypes'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { NewWebhookDialog } from './WebhookDialog'
import { WebhookState } from './WebhookState'

export function Webhooks() {
  const id = useId()
  const { slug, archived } = usePlace()
  const [making, setMaking] = useState(false)
  const webhooks = useQuery({
    queryKey: ['webhooks', slug],
    queryFn: () => webhooksApi.all(slug),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('webhook.title')}</h2>
        {!archived && (
          <button type="button" className="button" onClick={() => setMaking(true)}>
            {t('webhook.new')}
          </button>
        )}
      </header>
      <p className="note">{t('webhook.hint')}</p>
      {webhooks.data ? (
        <Listed webhooks={webhooks.data.results} />
      ) : webhooks.error ? (
        <Failure error={webhooks.error} retry={() => webhooks.refetch()} />
      ) : (
        <Skeleton lines={3} tall />
      )}
      {making && <NewWebhookDialog onClose={() => setMaking(false)} />}
    </section>
  )
}

function Listed({ webhooks }: { webhooks: readonly Webhook[] }) {
  if (webhooks.length === 0)
    return <Empty title={t('webhook.empty')} hint={t('webhook.empty.hint')} />
  return (
    <StackingTable caption={t('webhook.title')}>
      <thead>
        <tr>
          <th scope="col">{t('webhook.url')}</th>
          <th scope="col">{t('webhook.state')}</th>
          <th scope="col">{t('webhook.events')}</th>
          <th scope="col">{t('webhook.last')}</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map(webhook => (
          <Row key={webhook.id} webhook={webhook} />
        ))}
      </tbody>
    </StackingTable>
  )
}

function Row({ webhook }: { webhook: Webhook }) {
  const { slug } = usePlace()
  const { id, url, description, types, last_at, waiting } = webhook
  return (
    <tr>
      <th scope="row" className="webhook-url">
        <Link href={`/p/${slug}/settings/webhooks/${id}`}>{url}</Link>
        {description && <span className="muted part">{description}</span>}
      </th>
      <td data-label={t('webhook.state')}>
        <WebhookState webhook={webhook} />
      </td>
      <td data-label={t('webhook.events')}>{t('webhook.eventCount', { n: types.length })}</td>
      <td data-label={t('webhook.last')}>
        {last_at ? <Ago iso={last_at} /> : t('webhook.never')}
        {waiting > 0 && <span className="muted part">{t('webhook.waiting', { n: waiting })}</span>}
      </td>
    </tr>
  )
}
