/** How good the ratings are: who gives them, what checks them, what is rated next, and by which rules. */

import { useEffect, useRef } from 'react'
import { Link, useRoute } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { MissingPage } from '../MissingPage'
import { Annotators } from './Annotators'
import { Checks } from './Checks'
import { ProtocolTab } from './ProtocolTab'
import { QueueTab } from './QueueTab'
import { Remarks } from './Remarks'
import { Twins } from './Twins'

const TABS = {
  '': { label: 'quality.annotators', part: Annotators },
  checks: { label: 'quality.checks', part: Checks },
  twins: { label: 'quality.twins', part: Twins },
  queue: { label: 'quality.queue', part: QueueTab },
  remarks: { label: 'quality.remarks', part: Remarks },
  protocol: { label: 'quality.protocol', part: ProtocolTab },
} as const

type Tab = keyof typeof TABS
const isTab = (name: string): name is Tab => Object.hasOwn(TABS, name)

export function QualityPage() {
  const { slug, name } = usePlace()
  const [, params] = useRoute('/p/:slug/quality/*?')
  const asked = params?.['*'] ?? ''
  if (!isTab(asked)) return <MissingPage />
  const Part = TABS[asked].part
  return (
    <Page title={t('quality.title')} project={name}>
      <Tabs home={`/p/${slug}/quality`} here={asked} />
      <Part />
    </Page>
  )
}

function Tabs({ home, here }: { home: string; here: Tab }) {
  const list = useRef<HTMLUListElement>(null)
  // Where they do not all fit, the one that is open is the one to be seen.
  useEffect(() => {
    const open = list.current?.querySelector('[aria-current]')
    open?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <nav className="tabs" aria-label={t('quality.title')}>
      <ul ref={list}>
        {(Object.keys(TABS) as Tab[]).map(tab => (
          <li key={tab}>
            <Link
              href={tab ? `${home}/${tab}` : home}
              aria-current={tab === here ? 'page' : undefined}
            >
              {t(TABS[tab].label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
