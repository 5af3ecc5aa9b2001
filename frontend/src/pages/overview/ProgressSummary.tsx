/** How much of the project is rated. */

import { useId } from 'react'
import { count, percent } from '../../core/format'
import { t } from '../../core/messages'
import type { Progress } from '../../core/types'
import { Meter } from '../../ui/Meter'

export function ProgressSummary({ progress }: { progress: Progress }) {
  const id = useId()
  const { finished, items, ratings, judgments, mine, overlap, withdrawn } = progress
  const share = items > 0 ? finished / items : 0
  const figures: [string, number][] = [
    [t('overview.stat.ratings'), ratings],
    [t('overview.stat.judgments'), judgments],
    [t('overview.stat.mine'), mine],
    ...(withdrawn > 0 ? [[t('overview.stat.withdrawn'), withdrawn] as [string, number]] : []),
  ]
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('overview.progress')}</h2>
        <span className="muted">{t('overview.overlap', { n: overlap })}</span>
      </header>
      <div className="progress-hero">
        <strong className="big-figure">{percent(share)}</strong>
        <span>{t('overview.finished', { finished, items })}</span>
      </div>
      <Meter value={share} label={t('overview.progress')} />
      <dl className="stats">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
