/** For each role one clear thing to do. */

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import { isOver } from '../../core/runs'
import type { Progress } from '../../core/types'
import { Icon, type IconName } from '../../ui/icons'
import { RunBadge } from '../../ui/RunBadge'
import { Ago } from '../../ui/Time'
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

const SHOWN = 4
const BUSY = 3_000
const CALM = 30_000

export function ResearchStep() {
  const { slug, roles } = usePlace()
  const { data } = useQuery({
    queryKey: ['runs', slug, 'latest'],
    queryFn: () => api.runs(slug, null),
    refetchInterval: ({ state }) =>
      state.data?.results.some(run => !isOver(run.state)) ? BUSY : CALM,
  })
  const latest = data?.results.slice(0, SHOWN) ?? []
  return (
    <Step icon="turn" title={t('overview.research.title')} text={t('overview.research.text')}>
      {mayRun(roles) && <RequestRun kind="turn" label={t('runs.turn')} primary />}
      {data && (
        <div className="latest">
          <h3>{t('overview.research.latest')}</h3>
          {latest.length === 0 && <p className="muted">{t('overview.research.none')}</p>}
          <ul>
            {latest.map(run => (
              <li key={run.id}>
                <Link href={`/p/${slug}/runs/${run.id}`}>
                  {t('runs.number', { kind: word('kind', run.kind), id: String(run.id) })}
                </Link>
                <RunBadge run={run} />
                <span className="muted">
                  <Ago iso={run.requested_at} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
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
