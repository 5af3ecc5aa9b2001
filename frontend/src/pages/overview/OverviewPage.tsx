/** A project at a glance: what to do next, and how far everything is. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { isStaff, mayImport, mayRate, mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t } from '../../core/messages'
import type { Progress } from '../../core/types'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Annotators } from './Annotators'
import { Histograms } from './Histograms'
import { LatestRuns } from './LatestRuns'
import { ImportStep, RateStep, ResearchStep } from './NextSteps'
import { ProgressSummary } from './ProgressSummary'

const REFRESH = 30_000

export function OverviewPage() {
  const { slug, name, roles } = usePlace()
  const progress = useQuery({
    queryKey: ['progress', slug],
    queryFn: () => api.progress(slug),
    refetchInterval: REFRESH,
  })
  return (
    <Page title={name}>
      <div className="steps">
        {mayRate(roles) && <RateStep progress={progress.data} />}
        {mayRun(roles) && <ResearchStep />}
        {mayImport(roles) && <ImportStep progress={progress.data} />}
      </div>
      {progress.data ? (
        <Figures progress={progress.data} staff={isStaff(roles)} />
      ) : progress.error ? (
        <Failure error={progress.error} retry={() => progress.refetch()} />
      ) : (
        <Skeleton lines={4} />
      )}
    </Page>
  )
}

function Figures({ progress, staff }: { progress: Progress; staff: boolean }) {
  if (progress.items === 0)
    return <Empty icon="film" title={t('overview.empty')} hint={t('overview.empty.hint')} />
  return (
    <>
      <div className={staff ? 'columns wide-first' : undefined}>
        <ProgressSummary progress={progress} />
        {staff && <LatestRuns />}
      </div>
      {staff && (
        <div className="columns">
          <Annotators annotators={progress.annotators} />
          <Histograms dimensions={progress.dimensions} />
        </div>
      )}
    </>
  )
}
