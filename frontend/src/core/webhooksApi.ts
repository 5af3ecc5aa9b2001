/** What the pages about webhooks ask of the server. */

import { ask } from './client'
import type { Page } from './types'
import type {
  Delivery,
  DeliveryFilter,
  DeliveryWhole,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookWithSecret,
} from './webhooksTypes'

const at = (slug: string, rest = '') => `projects/${encodeURIComponent(slug)}/webhooks${rest}`

function query(values: Record<string, string | null>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

export const webhooksApi = {
  all: (slug: string) => ask<{ results: Webhook[] }>('GET', at(slug)),
  one: (slug: string, id: number) => ask<Webhook>('GET', at(slug, `/${id}`)),
  create: (slug: string, wanted: NewWebhook) => ask<WebhookWithSecret>('POST', at(slug), wanted),
  change: (slug: string, id: number, change: WebhookChange) =>
    ask<Webhook>('PATCH', at(slug, `/${id}`), change),
  remove: (slug: string, id: number) => ask<null>('DELETE', at(slug, `/${id}`)),
  renewSecret: (slug: string, id: number) =>
    ask<WebhookWithSecret>('POST', at(slug, `/${id}/secret`)),
  ping: (slug: string, id: number) => ask<DeliveryWhole>('POST', at(slug, `/${id}/ping`)),
  deliveries: (slug: string, id: number, { state, type }: DeliveryFilter, cursor: string | null) =>
    ask<Page<Delivery>>('GET', at(slug, `/${id}/deliveries${query({ state, type, cursor })}`)),
  delivery: (slug: string, id: number, delivery: number) =>
    ask<DeliveryWhole>('GET', at(slug, `/${id}/deliveries/${delivery}`)),
  redeliver: (slug: string, id: number, delivery: number) =>
    ask<DeliveryWhole>('POST', at(slug, `/${id}/deliveries/${delivery}/redeliver`)),
}

/** The events that can be asked for, as the schema lists them. */
export const CHOICES = [
  'answer.recorded',
  'answer.revised',
  'caption.completed',
  'remark.created',
  'decision.made',
  'import.ended',
  'report.ended',
  'snapshot.frozen',
  'export.ended',
  'run.ended',
  'project.archived',
] as const satisfies readonly NewWebhook['types'][number][]
