/** What the next ratings are worth, by the champion's learning curve. */

import { count, decimal } from '../../core/format'
import { signed } from '../../core/loop'
import type { Worth as WorthOf } from '../../core/loopTypes'
import { t, word } from '../../core/messages'
import { Curve } from '../../ui/chart/Curve'
import { Section } from '../runs/Section'

export function Worth({ worth }: { worth: WorthOf }) {
  const { more, gain, points, curve, unknown } = worth
  return (
    <Section title={t('loop.worth')}>
      {gain && curve ? (
        <>
          <p className="loop-worth">
            <span>{t('loop.worth.next', { more: count(more) })}</span>
            <strong className="loop-figure">{signed(gain.value)}</strong>
            <span className="muted">
              {t('loop.worth.interval', { low: signed(gain.low), high: signed(gain.high) })}
            </span>
          </p>
          <Curve
            title={t('loop.worth.curve')}
            points={points.map(({ ratings, srcc }) => [ratings, srcc])}
            xLabel={t('loop.worth.x')}
            yLabel={t('result.srcc')}
            log
          />
          <p className="note">
            {t('loop.worth.law', { level: decimal(curve.level), slope: decimal(curve.slope) })}
          </p>
        </>
      ) : (
        <p className="muted">{word('loop.worth', unknown ?? 'no-curve')}</p>
      )}
    </Section>
  )
}
