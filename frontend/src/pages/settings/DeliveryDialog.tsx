/** One delivery: what is sent, how each try went, and sending it again. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { webhooksApi } from '../../core/webhooksApi'
import type { Attempt, DeliveryWhole, Webhook } from '../../core/webhooksTypes'
import { Modal } from '../../ui/Modal'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { Moment } from '../../ui/Time'

type Props = { webhook: Webhook; delivery: number; onClose: () => void }

export function DeliveryDialog({ webhook, delivery: id, onClose }: Props) {
  const { slug } = usePlace()
  const delivery = useQuery({
    queryKey: ['deliveries', slug, webhook.id, 'one', id],
    queryFn: () => webhooksApi.delivery(slug, webhook.id, id),
  })
  const event = delivery.data ? word('webhook.type', delivery.data.type) : '…'
  return (
    <Modal title={t('webhook.delivery', { event })} onClose={onClose} wide>
      <div className="form webhook-delivery">
        {delivery.data ? (
          <Whole delivery={delivery.data} />
        ) : delivery.error ? (
          <Failure error={delivery.error} retry={() => delivery.refetch()} />
        ) : (
          <Skeleton lines={5} />
        )}
        <Foot webhook={webhook} delivery={id} onClose={onClose} />
      </div>
    </Modal>
  )
}

function Foot({ webhook, delivery, onClose }: Props) {
  const { slug, archived } = usePlace()
  const queries = useQueryClient()
  const sending = useMutation({
    mutationFn: () => webhooksApi.redeliver(slug, webhook.id, delivery),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['deliveries', slug, webhook.id] })
      onClose()
    },
  })
  return (
    <>
      {sending.error && <Banner tone="bad">{explain(problemOf(sending.error)).title}</Banner>}
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('action.close')}
        </button>
        {!archived && (
          <button
            type="button"
            className="button primary"
            aria-disabled={sending.isPending}
            onClick={() => !sending.isPending && sending.mutate()}
          >
            {t('webhook.again')}
          </button>
        )}
      </footer>
    </>
  )
}

function Whole({ delivery }: { delivery: DeliveryWhole }) {
  return (
    <>
      <section>
        <h3>{t('webhook.sent')}</h3>
        <Text text={indented(delivery.body)} label={t('webhook.sent')} />
      </section>
      <section>
        <h3>{t('webhook.attempts')}</h3>
        {delivery.attempts.length === 0 ? (
          <p className="muted">{t('webhook.attempts.none')}</p>
        ) : (
          <ol className="webhook-attempts">
            {delivery.attempts.map(attempt => (
              <li key={attempt.at}>
                <OneAttempt attempt={attempt} />
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  )
}

function OneAttempt({ attempt }: { attempt: Attempt }) {
  const { at, milliseconds, status, problem, headers, response, whole } = attempt
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <>
      <p>
        <strong>{status ?? word('webhook.problem', problem)}</strong>{' '}
        <span className="muted">
          <Moment iso={at} /> · {t('webhook.took', { n: milliseconds })}
        </span>
      </p>
      {sent.length > 0 && (
        <details className="nested">
          <summary>{t('webhook.request')}</summary>
          <Text text={sent.join('\n')} label={t('webhook.request')} />
        </details>
      )}
      {status !== null && (
        <details className="nested">
          <summary>{t('webhook.response')}</summary>
          {response ? (
            <Text text={response} label={t('webhook.response')} />
          ) : (
            <p className="muted">{t('webhook.response.empty')}</p>
          )}
          {!whole && <p className="hint">{t('webhook.response.cut')}</p>}
        </details>
      )}
    </>
  )
}

function Text({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that may scroll is reachable by keyboard
    <section className="webhook-text" tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  )
}

function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}
