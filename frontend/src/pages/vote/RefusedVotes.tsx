/** Votes that the server refused for good, and why. Whoever still holds the pair is given it again. */

import { useSyncExternalStore } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { t } from '../../core/messages'
import { Banner, explain } from '../../ui/Notice'

export function RefusedVotes({ onDismissed }: { onDismissed: () => void }) {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const refused = useSyncExternalStore(outbox.refusedChanged.listen, () => outbox.refused)
  const dismiss = async (key: string) => {
    await outbox.dismiss(key)
    onDismissed()
  }
  return refused
    .filter(({ entry }) => entry.kind === 'vote' && entry.slug === slug)
    .map(({ entry, problem }) => (
      <div key={entry.key} className="rate-warning">
        <Banner tone="bad" title={t('vote.refused')}>
          <p className="refused-about">{entry.about}</p>
          <p>{explain(problem).title}</p>
          <button type="button" className="button small" onClick={() => dismiss(entry.key)}>
            {t('rate.refused.dismiss')}
          </button>
        </Banner>
      </div>
    ))
}
