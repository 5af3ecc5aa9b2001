/** Around what a report says: of when it is, and how a newer one is coming. */

import { type ReactNode, useId, useState } from 'react'
import { t, word } from '../../../core/messages'
import { problemOf } from '../../../core/problem'
import type { QualityReport, ReportState } from '../../../core/reportApi'
import { Banner, Empty, explain, Failure, Skeleton } from '../../../ui/Notice'
import { Ago } from '../../../ui/Time'
import { isBeingMade, useReport } from './useReport'

type Props = {
  children: (report: QualityReport) => ReactNode
  /** Whether the figures are of one version of the rubric, to be chosen. */
  byRubric?: boolean
}

export function ReportFrame({ children, byRubric = false }: Props) {
  const [rubric, setRubric] = useState<number | null>(null)
  const { state, renewing } = useReport(rubric)
  if (!state.data)
    return state.error ? (
      <Failure error={state.error} retry={() => state.refetch()} />
    ) : (
      <Skeleton lines={5} tall />
    )
  const { report, stale, job } = state.data
  const making = isBeingMade(state.data)
  return (
    <>
      <div className="report-state">
        <p className="muted">
          {report && (
            <>
              {t('report.of', { n: report.ratings })} <Ago iso={report.made_at} />
              {stale && !making && <> · {t('report.stale')}</>}
            </>
          )}
        </p>
        {making ? (
          <p role="status">{progress(state.data)}</p>
        ) : (
          <button
            type="button"
            className="button"
            aria-disabled={renewing.isPending}
            onClick={() => !renewing.isPending && renewing.mutate()}
          >
            {t('report.renew')}
          </button>
        )}
      </div>
      {renewing.error && <Banner tone="bad">{explain(problemOf(renewing.error)).title}</Banner>}
      {job?.state === 'failed' && <Banner tone="bad">{t('report.failed')}</Banner>}
      {report && byRubric && <Rubric report={report} onChoose={setRubric} />}
      {report ? children(report) : <Empty title={t('report.none')} hint={t('report.none.hint')} />}
    </>
  )
}

type RubricProps = { report: QualityReport; onChoose: (rubric: number) => void }

/** Levels given under other words are not compared: under which words these were given. */
function Rubric({ report: { rubric, rubrics }, onChoose }: RubricProps) {
  const id = useId()
  if (rubric === null) return <p className="note">{t('report.rubric.mixed')}</p>
  if (rubrics.length < 2) return <p className="note">{t('report.rubric.only', { rubric })}</p>
  return (
    <div className="field report-rubric">
      <label htmlFor={id}>{t('report.rubric')}</label>
      <select
        id={id}
        value={rubric}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChoose(Number(target.value))}
      >
        {rubrics.toReversed().map(({ version, ratings }) => (
          <option key={version} value={version}>
            {t('report.rubric.option', { version, n: ratings })}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="note">
        {t('report.rubric.hint')}
      </p>
    </div>
  )
}

function progress({ job }: ReportState): string {
  const note = job?.progress?.note
  return note ? t('report.making.at', { dimension: word('dimension', note) }) : t('report.making')
}
