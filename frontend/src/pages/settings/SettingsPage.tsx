/** What a project is called, how it rates, what it asks, and putting it away. */

import { useRoute } from 'wouter'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { Tabs } from '../../ui/Tabs'
import { MissingPage } from '../MissingPage'
import { Danger } from './Danger'
import { General } from './General'
import { Rating } from './Rating'
import { RubricSection } from './RubricSection'

const SECTIONS = { '': General, rating: Rating, rubric: RubricSection, danger: Danger } as const

type Section = keyof typeof SECTIONS
const isSection = (name: string): name is Section => Object.hasOwn(SECTIONS, name)

export function SettingsPage() {
  const { slug, name, roles } = usePlace()
  const [, params] = useRoute('/p/:slug/settings/*?')
  const asked = params?.['*'] ?? ''
  const admin = mayManage(roles)
  if (!isSection(asked) || (asked === 'danger' && !admin)) return <MissingPage />
  const Part = SECTIONS[asked]
  const tabs: [string, string][] = [
    ['', t('settings.general')],
    ['rating', t('settings.rating')],
    ['rubric', t('settings.rubric')],
    ...(admin ? [['danger', t('settings.danger')] as [string, string]] : []),
  ]
  return (
    <Page title={t('settings.title')} project={name}>
      <Tabs label={t('settings.title')} home={`/p/${slug}/settings`} here={asked} tabs={tabs} />
      <Part key={asked} />
    </Page>
  )
}
