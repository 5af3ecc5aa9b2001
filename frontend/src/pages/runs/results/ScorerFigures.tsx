/** How well the new scorer agrees with people it has not learnt from. */

import { decimal } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { ScorerResult } from '../../../core/results'
import { headline } from '../../../core/scorerBeside'
import type { RunDetail } from '../../../core/types'
import { Empty } from '../../../ui/Notice'
import { AgreementTable } from './AgreementTable'
import { Facts } from './Facts'
import { FailedVideos } from './FailedVideos'
import { Averages } from './report/Averages'

type Result = Partial<ScorerResult>
type Props = { result: Result; artifacts: RunDetail['artifacts'] }

export function ScorerFigures({ result, artifacts }: Props) {
  const { report, failed = [] } = result
  const { srcc, mae } = headline(result)
  const tested = report?.captions ?? result.test_captions
  return (
    <>
      <Facts
        facts={[
          [t('result.srcc'), decimal(srcc)],
          [t('result.mae'), decimal(mae)],
          [t('result.readout'), word('choice', result.readout ?? '')],
          [t('result.model'), result.model ?? ''],
        ]}
      />
      <Learnt result={result} />
      {tested === 0 ? (
        <Empty title={t('evaluation.empty')} hint={t('evaluation.empty.hint')} />
      ) : report ? (
        <Averages report={report} />
      ) : (
        <Summary result={result} />
      )}
      <Files artifacts={artifacts} />
      <FailedVideos failed={failed} />
    </>
  )
}

function Learnt({
  result: { report, train_captions, train_judgments, test_captions },
}: {
  result: Result
}) {
  const captions = t('result.captions', { n: test_captions ?? 0 })
  const videos = report && report.captions > 0 && t('evaluation.videos', { n: report.videos })
  return (
    <p className="muted">
      {t('result.trained')}:{' '}
      {t('result.trained.value', {
        captions: train_captions ?? 0,
        judgments: train_judgments ?? 0,
      })}
      . {t('result.tested')}: {videos ? t('evaluation.tested', { captions, videos }) : captions}.
    </p>
  )
}

/** All that runs have from before the report. */
function Summary({ result: { test } }: { result: Result }) {
  return (
    <>
      {test && <AgreementTable test={test} caption={t('result.scorer')} />}
      <p className="muted">{t('result.scorer.note')}</p>
      <p className="note">{t('evaluation.older')}</p>
    </>
  )
}

const REPORT_FILES = ['report.html', 'README.md']

function Files({ artifacts }: Pick<Props, 'artifacts'>) {
  const files = artifacts.filter(({ name }) => REPORT_FILES.includes(name))
  if (files.length === 0) return null
  return (
    <p className="report-files">
      {t('evaluation.files')}
      {files.map(({ name, url }) => (
        <a key={name} href={url} download aria-label={t('run.artifact.download', { name })}>
          {name}
        </a>
      ))}
    </p>
  )
}
