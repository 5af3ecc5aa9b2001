/** Whether a webhook is on, off, or failing. */

import { t } from '../../core/messages'
import type { Webhook } from '../../core/webhooksTypes'

export function WebhookState({ webhook: { off, failing_since } }: { webhook: Webhook }) {
  const [badge, label] = off
    ? ['cancelled', t('webhook.off')]
    : failing_since
      ? ['failed', t('webhook.failing')]
      : ['succeeded', t('webhook.on')]
  return (
    <span className={`badge badge-${badge}`}>
      <span className="badge-dot" aria-hidden="true" />
      {label}
    </span>
  )
}
