/** One webhook: what it is told, whether that arrives, and what an admin can do about it. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { webhooksApi } from '../../core/webhooksApi'
import type { Webhook } from '../../core/webhooksTypes'
import { Confirm } from '../../ui/Confirm'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Ago } from '../../ui/Time'
import { Deliveries } from './Deliveries'
import { EditWebhookDialog, ShownSecret } from './WebhookDialog'
import { WebhookState } from './WebhookState'

export function WebhookPage({ webhook: id }: { webhook: number }) {
  const { slug, name } = usePlace()
  const webhook = useQuery({
    queryKey: ['webhook', slug, id],
    queryFn: () => webhooksApi.one(slug, id),
    retry: false,
  })
  return (
    <Page
      title={t('webhook.title')}
      project={name}
      lead={<Link href={`/p/${slug}/settings/webhooks`}>{t('webhook.all')}</Link>}
    >
      {webhook.data ? (
        <>
          <About webhook={webhook.data} />
          <Deliveries webhook={webhook.data} />
        </>
      ) : webhook.error ? (
        <Failure error={webhook.error} retry={() => webhook.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </Page>
  )
}

function About({ webhook }: { webhook: Webhook }) {
  const id = useId()
  const { archived } = usePlace()
  const { url, description, types, off, failing_since } = webhook
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id} className="webhook-url">
          {url}
        </h2>
        <WebhookState webhook={webhook} />
      </header>
      {description && <p>{description}</p>}
      {off && <Banner tone="warn">{word('webhook.off', off)}</Banner>}
      {!off && failing_since && (
        <Banner tone="warn">
          <p>
            {t('webhook.failing.since')} <Ago iso={failing_since} />
          </p>
        </Banner>
      )}
      <dl className="facts">
        <div>
          <dt>{t('webhook.events')}</dt>
          <dd>
            <code>{types.join(', ')}</code>
          </dd>
        </div>
      </dl>
      {!archived && <Actions webhook={webhook} />}
    </section>
  )
}

type Asked = 'edit' | 'renew' | 'remove' | null

function Actions({ webhook }: { webhook: Webhook }) {
  const [asked, setAsked] = useState<Asked>(null)
  const { switching, pinging } = useActions(webhook)
  const close = () => setAsked(null)
  const error = switching.error ?? pinging.error
  return (
    <>
      {error && <Banner tone="bad">{explain(problemOf(error)).title}</Banner>}
      <div className="form-foot webhook-actions">
        <button
          type="button"
          className="button primary"
          aria-disabled={pinging.isPending || webhook.off !== ''}
          onClick={() => !pinging.isPending && webhook.off === '' && pinging.mutate()}
        >
          {t('webhook.ping')}
        </button>
        <button type="button" className="button" onClick={() => setAsked('edit')}>
          {t('webhook.edit')}
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={switching.isPending}
          onClick={() => !switching.isPending && switching.mutate()}
        >
          {webhook.off ? t('webhook.switchOn') : t('webhook.switchOff')}
        </button>
        <button type="button" className="button" onClick={() => setAsked('renew')}>
          {t('webhook.renew')}
        </button>
        <button type="button" className="button danger" onClick={() => setAsked('remove')}>
          {t('webhook.remove')}
        </button>
        <span role="status" className="muted">
          {pinging.isSuccess && t('webhook.pinged')}
        </span>
      </div>
      {asked === 'edit' && <EditWebhookDialog webhook={webhook} onClose={close} />}
      {asked === 'renew' && <Renew webhook={webhook} onClose={close} />}
      {asked === 'remove' && <Remove webhook={webhook} onClose={close} />}
    </>
  )
}

function useActions({ id, off }: Webhook) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const switching = useMutation({
    mutationFn: () => webhooksApi.change(slug, id, { on: off !== '' }),
    onSuccess: changed => queries.setQueryData(['webhook', slug, id], changed),
  })
  const pinging = useMutation({
    mutationFn: () => webhooksApi.ping(slug, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['deliveries', slug, id] }),
  })
  return { switching, pinging }
}

type DialogProps = { webhook: Webhook; onClose: () => void }

function Renew({ webhook, onClose }: DialogProps) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const renewing = useMutation({
    mutationFn: () => webhooksApi.renewSecret(slug, webhook.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhook', slug, webhook.id] }),
  })
  if (renewing.data) return <ShownSecret webhook={renewing.data} onClose={onClose} />
  return (
    <Confirm
      title={t('webhook.renew.title')}
      label={t('webhook.renew')}
      busy={renewing.isPending}
      error={renewing.error}
      onConfirm={() => renewing.mutate()}
      onClose={onClose}
    >
      <p>{t('webhook.renew.text')}</p>
    </Confirm>
  )
}

function Remove({ webhook, onClose }: DialogProps) {
  const { slug } = usePlace()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => webhooksApi.remove(slug, webhook.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['webhooks', slug] })
      go(`/p/${slug}/settings/webhooks`)
    },
  })
  return (
    <Confirm
      title={t('webhook.remove.title')}
      label={t('webhook.remove')}
      busy={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>{t('webhook.remove.text', { url: webhook.url })}</p>
    </Confirm>
  )
}
