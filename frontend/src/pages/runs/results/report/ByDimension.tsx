/** A scorer's report dimension by dimension: figures beside the ceiling, and the pictures. */

import { useState } from 'react'
import { t, word } from '../../../../core/messages'
import type { DimensionFigures, ScorerReport } from '../../../../core/scorerReport'
import type { Dimension } from '../../../../core/types'
import { DimensionChoice } from '../../../../ui/DimensionChoice'
import { Section } from '../../Section'
import { Across } from './Across'
import { ConfusionTable } from './ConfusionTable'
import { DensityPlot } from './DensityPlot'
import { FiguresTable } from './FiguresTable'
import { ReliabilityPlot } from './ReliabilityPlot'

export function ByDimension({ report }: { report: ScorerReport }) {
  const [shown, setShown] = useState<Dimension>('object')
  const found = report.dimensions[shown]
  return (
    <Section title={t('evaluation.dimensions')}>
      <Across report={report} />
      <DimensionChoice shown={shown} onShow={setShown} />
      {found && found.captions > 0 ? (
        <OfOne key={shown} dimension={shown} found={found} />
      ) : (
        <p className="muted">{t('evaluation.unrated')}</p>
      )}
    </Section>
  )
}

function OfOne({ dimension, found }: { dimension: Dimension; found: DimensionFigures }) {
  const title = t('evaluation.ofDimension', { dimension: word('dimension', dimension) })
  return (
    <>
      <div className="plots">
        <DensityPlot density={found.density} />
        <ReliabilityPlot reliability={found.reliability} />
      </div>
      <ConfusionTable confusion={found.confusion} />
      <FiguresTable title={title} figures={found.figures} ceiling={found.ceiling} />
    </>
  )
}
