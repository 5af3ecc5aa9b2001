/** Where a finished run was done, and with which versions. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { ask } from '../../core/client'
import { environmentOf, type Manifest } from '../../core/environment'
import { count, duration } from '../../core/format'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import type { RunDetail } from '../../core/types'
import { Digest } from '../../ui/Digest'
import { Banner, explain, Skeleton } from '../../ui/Notice'
import { Section } from './Section'

const MANIFEST = 'manifest.json'

export function EnvironmentOfRun({ run }: { run: RunDetail }) {
  const { slug } = usePlace()
  const hasManifest = run.artifacts.some(({ name }) => name === MANIFEST)
  const manifest = useQuery({
    queryKey: ['manifest', slug, run.id],
    queryFn: () => ask<Manifest>('GET', `projects/${slug}/runs/${run.id}/artifacts/${MANIFEST}`),
    enabled: hasManifest,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!hasManifest) return null
  return (
    <Section title={t('run.environment')}>
      {manifest.data ? (
        <Facts manifest={manifest.data} worked={run.worked_seconds} />
      ) : manifest.error ? (
        <Banner tone="bad">{explain(problemOf(manifest.error)).title}</Banner>
      ) : (
        <Skeleton lines={3} />
      )}
    </Section>
  )
}

function Facts({ manifest, worked }: { manifest: Manifest; worked: number }) {
  const { gpus, processor, cores, versions, source } = environmentOf(manifest)
  return (
    <dl className="facts">
      <div>
        <dt>{t('run.cost')}</dt>
        <dd>{duration(worked)}</dd>
      </div>
      {gpus.length > 0 && (
        <div>
          <dt>{t('run.cost.gpu')}</dt>
          <dd>{duration(worked * gpus.reduce((all, { number }) => all + number, 0))}</dd>
        </div>
      )}
      {gpus.map(({ name, number }) => (
        <div key={name}>
          <dt>{t('run.environment.gpu')}</dt>
          <dd>{number > 1 ? `${count(number)} × ${name}` : name}</dd>
        </div>
      ))}
      {processor && (
        <div>
          <dt>{t('run.environment.processor')}</dt>
          <dd>
            {processor}
            {cores !== null && `, ${t('run.environment.cores', { n: cores })}`}
          </dd>
        </div>
      )}
      {versions.map(([name, version]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{version}</dd>
        </div>
      ))}
      {source && (
        <div>
          <dt>{t('run.environment.source')}</dt>
          <dd>
            <Digest value={source} />
          </dd>
        </div>
      )}
    </dl>
  )
}
