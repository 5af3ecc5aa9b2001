/** Around what a report says: of when it is, and how a newer one is coming. */

import type { ReactNode } from 'react'
import { t, word } from '../../../core/messages'
import { problemOf } from '../../../core/problem'
import type { QualityReport, ReportState } from '../../../core/reportApi'
import { Banner, Empty, explain, Failure, Skeleton } from '../../../ui/Notice'
import { Ago } from '../../../ui/Time'
import { isBeingMade, useReport } from './useReport'

type Props = { children: (report: QualityReport) => ReactNode }

export function ReportFrame({ children }: Props) {
  const { state, renewing } = useReport()
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
      {report ? children(report) : <Empty title={t('report.none')} hint={t('report.none.hint')} />}
    </>
  )
}

function progress({ job }: ReportState): string {
  const note = job?.progress?.note
  return note ? t('report.making.at', { dimension: word('dimension', note) }) : t('report.making')
}
