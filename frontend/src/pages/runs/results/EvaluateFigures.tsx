/** Captioners by their mean level on held-out videos, and the scorer that says so against people. */

import { t } from '../../../core/messages'
import type { EvaluateResult } from '../../../core/results'
import { CaptionerPlot } from '../../leaderboard/CaptionerPlot'
import { CaptionerTable } from '../../leaderboard/CaptionerTable'
import { AgreementTable } from './AgreementTable'

export function EvaluateFigures({ result }: { result: Partial<EvaluateResult> }) {
  const { note, captioners = [], scorer } = result
  return (
    <>
      {note && <p className="note">{note}</p>}
      <CaptionerPlot captioners={captioners} />
      <CaptionerTable captioners={captioners} />
      {scorer && (
        <>
          <h3>{t('result.scorer')}</h3>
          <AgreementTable test={scorer} caption={t('result.scorer')} />
          <p className="muted">{t('result.scorer.note')}</p>
        </>
      )}
    </>
  )
}
