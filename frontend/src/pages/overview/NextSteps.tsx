/** For each role one clear thing to do. */

import { type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import type { Progress } from '../../core/types'
import { Icon, type IconName } from '../../ui/icons'
import { RequestRun } from '../runs/RequestRun'

type StepProps = { icon: IconName; title: string; text: ReactNode; children: ReactNode }

function Step({ icon, title, text, children }: StepProps) {
  const id = useId()
  return (
    <section className="step" aria-labelledby={id}>
      <span className="step-icon">
        <Icon name={icon} size={20} />
      </span>
      <h2 id={id}>{title}</h2>
      <p className="muted">{text}</p>
      {children}
    </section>
  )
}

export function RateStep({ progress }: { progress: Progress | undefined }) {
  const { slug } = usePlace()
  const mine = progress?.mine ?? 0
  const done = mine > 0 ? t('overview.rate.mine', { n: mine }) : t('overview.rate.none')
  return (
    <Step
      icon="play"
      title={t('overview.rate.title')}
      text={`${t('overview.rate.text')} ${progress ? done : ''}`}
    >
      <Link className="button primary large" href={`/p/${slug}/rate`}>
        {t('overview.rate.start')}
      </Link>
    </Step>
  )
}

export function ResearchStep() {
  return (
    <Step icon="turn" title={t('overview.research.title')} text={t('overview.research.text')}>
      <RequestRun kind="turn" label={t('runs.turn')} primary />
    </Step>
  )
}

export function ImportStep({ progress }: { progress: Progress | undefined }) {
  const { slug } = usePlace()
  const first = progress?.items === 0
  return (
    <Step icon="upload" title={t('overview.admin.title')} text={t('overview.admin.text')}>
      <Link className={first ? 'button primary large' : 'button large'} href={`/p/${slug}/data`}>
        {t('overview.admin.open')}
      </Link>
    </Step>
  )
}
