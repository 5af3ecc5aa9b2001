/** Webhooks and their deliveries, as admins see them. */

import type { components } from './schema'

type Schemas = components['schemas']

export type WebhookChoice = Schemas['WebhookChoice']
export type Webhook = Required<Schemas['WebhookOut']>
export type WebhookWithSecret = Required<Schemas['WebhookWithSecret']>
export type NewWebhook = { url: string; types: WebhookChoice[]; description: string }
export type WebhookChange = Partial<NewWebhook> & { on?: boolean }

export type DeliveryState = Schemas['DeliveryState']
export type Delivery = Required<Schemas['DeliveryOut']>
export type Attempt = Required<Schemas['AttemptOut']>
export type DeliveryWhole = Omit<Required<Schemas['DeliveryWhole']>, 'attempts'> & {
  attempts: Attempt[]
}
export type DeliveryFilter = { state: DeliveryState | ''; type: string }
