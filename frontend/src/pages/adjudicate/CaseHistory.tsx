/** Everything that happened to the ratings of a caption, oldest first. */

import type { CaseEvent } from '../../core/adjudicationApi'
import { t } from '../../core/messages'
import { Moment } from '../../ui/Time'
import { LevelList } from '../quality/LevelList'

export function CaseHistory({ events }: { events: readonly CaseEvent[] }) {
  return (
    <section className="case-history" aria-labelledby="history">
      <h2 id="history">{t('adjudicate.history')}</h2>
      <ol>
        {events.map(event => (
          <li key={`${event.kind} ${event.by} ${event.at}`}>
            <p>
              <strong>{told(event)}</strong>{' '}
              <span className="muted">
                <Moment iso={event.at} />
              </span>
            </p>
            {Object.keys(event.levels).length > 0 && <LevelList levels={event.levels} />}
            {event.reason && (
              <p className="remark-text" dir="auto">
                {event.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function told({ kind, by: name, to }: CaseEvent): string {
  switch (kind) {
    case 'rated':
      return t('adjudicate.event.rated', { name })
    case 'revised':
      return t('adjudicate.event.revised', { name })
    case 'returned':
      return t('adjudicate.event.returned', { name, to })
    case 'opened':
      return t('adjudicate.event.opened', { name })
    case 'decided':
      return t('adjudicate.event.decided', { name })
  }
}
