/** Whether the answers have reached the server: always on the screen, and calm. */

import { useSyncExternalStore } from 'react'
import { useSignedIn } from '../../app/session'
import { useOutboxStatus } from '../../app/useOutbox'
import { t } from '../../core/messages'
import type { Status } from '../../core/outbox'

export function SaveState() {
  const { outbox, sendNow } = useSignedIn()
  const status = useOutboxStatus(outbox)
  const online = useOnline()
  return (
    <div className="save-state" data-state={status.state}>
      <p role="status">{textOf(status, online)}</p>
      {status.state === 'waiting' && status.reason !== 'signed-out' && (
        <button type="button" className="button quiet small" onClick={sendNow}>
          {t('rate.unsaved.now')}
        </button>
      )}
    </div>
  )
}

function textOf(status: Status, online: boolean): string {
  if (status.state === 'waiting') return t(`rate.unsaved.${status.reason}`, { n: status.count })
  if (!online) return t('rate.save.offline')
  return status.state === 'sending' ? t('rate.submitting') : t('rate.save.done')
}

function useOnline(): boolean {
  return useSyncExternalStore(
    changed => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
  )
}
