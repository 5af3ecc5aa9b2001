/** How well the new scorer agrees with people it has not learnt from. */

import { decimal } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { ScorerResult } from '../../../core/results'
import { AgreementTable } from './AgreementTable'
import { Facts } from './Facts'

export function ScorerFigures({ result }: { result: Partial<ScorerResult> }) {
  const { test, baselines } = result
  return (
    <>
      <Facts
        facts={[
          [t('result.srcc'), decimal(test?.srcc)],
          [t('result.mae'), decimal(test?.mae)],
          [t('result.readout'), word('choice', result.readout ?? '')],
          [t('result.model'), result.model ?? ''],
        ]}
      />
      <p className="muted">
        {t('result.trained')}:{' '}
        {t('result.trained.value', {
          captions: result.train_captions ?? 0,
          judgments: result.train_judgments ?? 0,
        })}
        . {t('result.tested')}: {t('result.captions', { n: result.test_captions ?? 0 })}.
      </p>
      {test && <AgreementTable test={test} caption={t('result.scorer')} />}
      <p className="muted">{t('result.scorer.note')}</p>
      {baselines && (
        <p className="muted">
          {t('result.baseline')}:{' '}
          {t('result.baseline.constant', { mae: decimal(baselines.constant?.mae) })} ·{' '}
          {t('result.baseline.length', { srcc: decimal(baselines.length?.srcc) })}
        </p>
      )}
    </>
  )
}
