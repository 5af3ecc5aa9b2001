/** What a project is called, how it rates, what it asks, and putting it away. */

import { useRoute } from 'wouter'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t } from '../../core/messages'
import { Page } from '../../ui/Page'
import { Tabs } from '../../ui/Tabs'
import { MissingPage } from '../MissingPage'
import { Audit } from './Audit'
import { Danger } from './Danger'
import { General } from './General'
import { Rating } from './Rating'
import { RubricSection } from './RubricSection'
import { Webhooks } from './Webhooks'

const SECTIONS = {
  '': General,
  rating: Rating,
  rubric: RubricSection,
  webhooks: Webhooks,
  audit: Audit,
  danger: Danger,
} as const
const OF_ADMINS: readonly string[] = ['webhooks', 'audit', 'danger']

type Section = keyof typeof SECTIONS
const isSection = (name: string): name is Section => Object.hasOwn(SECTIONS, name)

export function SettingsPage() {
  const { slug, name, roles } = usePlace()
  const [, params] = useRoute('/p/:slug/settings/*?')
  const asked = params?.['*'] ?? ''
  const admin = mayManage(roles)
  if (!isSection(asked) || (OF_ADMINS.includes(asked) && !admin)) return <MissingPage />
  const Part = SECTIONS[asked]
  const tabs: [string, string][] = [
    ['', t('settings.general')],
    ['rating', t('settings.rating')],
    ['rubric', t('settings.rubric')],
    ['webhooks', t('webhook.title')],
    ['audit', t('audit.title')],
    ['danger', t('settings.danger')],
  ]
  return (
    <Page title={t('settings.title')} project={name}>
      <Tabs
        label={t('settings.title')}
        home={`/p/${slug}/settings`}
        here={asked}
        tabs={tabs.filter(([path]) => admin || !OF_ADMINS.includes(path))}
      />
      <Part key={asked} />
    </Page>
  )
}
