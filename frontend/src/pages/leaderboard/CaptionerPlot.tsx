/** The captioners' mean levels as dots with intervals, the best on top. */

import { t } from '../../core/messages'
import type { CaptionerRow } from '../../core/types'
import { IntervalPlot } from '../../ui/chart/IntervalPlot'

type Row = Pick<CaptionerRow, 'name' | 'source' | 'mean_involved'>

export function CaptionerPlot({ captioners }: { captioners: readonly Row[] }) {
  const rows = captioners.flatMap(({ name, source, mean_involved }) =>
    mean_involved ? [{ name, tone: toneOf(source), interval: mean_involved }] : [],
  )
  if (rows.length === 0) return null
  return (
    <figure className="interval-figure">
      <figcaption className="hidden">{t('leaderboard.plot')}</figcaption>
      <IntervalPlot rows={rows.sort((one, other) => other.interval.value - one.interval.value)} />
    </figure>
  )
}

const toneOf = (source: Row['source']) => `tone-${source.replace(' ', '-')}`
