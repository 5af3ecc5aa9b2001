/** How good the ratings are: who gives them, what checks them, and what is rated next. */

import { useRoute } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { Tabs } from '../../ui/Tabs'
import { MissingPage } from '../MissingPage'
import { AnnotatorPage } from './AnnotatorPage'
import { Annotators } from './Annotators'
import { Checks } from './Checks'
import { QueueTab } from './QueueTab'
import { Remarks } from './Remarks'
import { AgreementTab } from './report/AgreementTab'
import { InvolvementTab } from './report/InvolvementTab'
import { ProgressTab } from './report/ProgressTab'
import { Twins } from './Twins'

const TABS = {
  '': { label: 'quality.annotators', part: Annotators },
  agreement: { label: 'agreement.title', part: AgreementTab },
  progress: { label: 'forecast.tab', part: ProgressTab },
  involvement: { label: 'zeros.tab', part: InvolvementTab },
  checks: { label: 'quality.checks', part: Checks },
  twins: { label: 'quality.twins', part: Twins },
  queue: { label: 'quality.queue', part: QueueTab },
  remarks: { label: 'quality.remarks', part: Remarks },
} as const

type Tab = keyof typeof TABS
const isTab = (name: string): name is Tab => Object.hasOwn(TABS, name)

export function QualityPage() {
  const { slug, name } = usePlace()
  const [, params] = useRoute('/p/:slug/quality/*?')
  const asked = params?.['*'] ?? ''
  const annotator = /^annotators\/(\d+)$/.exec(asked)?.[1]
  if (annotator !== undefined)
    return <AnnotatorPage key={annotator} annotator={Number(annotator)} />
  if (!isTab(asked)) return <MissingPage />
  const Part = TABS[asked].part
  return (
    <Page title={t('quality.title')} project={name}>
      <Tabs
        label={t('quality.title')}
        home={`/p/${slug}/quality`}
        here={asked}
        tabs={(Object.keys(TABS) as Tab[]).map(tab => [tab, t(TABS[tab].label)])}
      />
      <Part />
    </Page>
  )
}
