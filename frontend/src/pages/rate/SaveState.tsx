/** Whether the answers have reached the server, and what is done about it if not. */

import { useSignedIn } from '../../app/session'
import { t } from '../../core/messages'
import type { Status } from '../../core/outbox'
import { Banner } from '../../ui/Notice'

export function SaveState({ status }: { status: Status }) {
  const { sendNow } = useSignedIn()
  if (status.state !== 'waiting') return null
  return (
    <div role="status">
      <Banner tone="warn" title={t('rate.unsaved.title')}>
        <p>{t(`rate.unsaved.${status.reason}`)}</p>
        <button type="button" className="button small" onClick={sendNow}>
          {t('rate.unsaved.now')}
        </button>
      </Banner>
    </div>
  )
}
