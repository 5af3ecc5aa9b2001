/** What the machines did last. */

import { useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t, word } from '../../core/messages'
import { RunBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
import { useLatestRuns } from '../runs/useLatestRuns'

const SHOWN = 5

export function LatestRuns() {
  const id = useId()
  const { slug } = usePlace()
  const { data: runs = [] } = useLatestRuns()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('overview.research.latest')}</h2>
        <Link href={`/p/${slug}/runs`}>{t('overview.research.all')}</Link>
      </header>
      {runs.length === 0 && <p className="muted">{t('overview.research.none')}</p>}
      <ul className="latest">
        {runs.slice(0, SHOWN).map(run => (
          <li key={run.id}>
            <Link className="one-line" href={`/p/${slug}/runs/${run.id}`}>
              {t('runs.number', { kind: word('kind', run.kind), id: String(run.id) })}
            </Link>
            <RunBadge run={run} />
            <span className="muted">
              <Ago iso={run.requested_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
