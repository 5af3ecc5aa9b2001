/** The loop as it stands: from ratings to evaluation, what comes next, and by which policy. */

import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../app/session'
import { nextSentence } from '../../core/loop'
import { loopApi } from '../../core/loopApi'
import type { Loop } from '../../core/loopTypes'
import { t } from '../../core/messages'
import { Banner, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Across } from '../runs/results/report/Across'
import { Section } from '../runs/Section'
import { Chain } from './Chain'
import { PolicySection } from './PolicySection'
import { Trials } from './Trials'
import { Worth } from './Worth'

const LIVE = 5_000

export function LoopPage() {
  const { slug, name } = usePlace()
  const loop = useQuery({
    queryKey: ['loop', slug],
    queryFn: () => loopApi.loop(slug),
    refetchInterval: LIVE,
  })
  return (
    <Page title={t('loop.title')} project={name}>
      {loop.data ? (
        <Stand loop={loop.data} />
      ) : loop.error ? (
        <Failure error={loop.error} retry={() => loop.refetch()} />
      ) : (
        <Skeleton lines={6} tall />
      )}
    </Page>
  )
}

function Stand({ loop }: { loop: Loop }) {
  const stopped = loop.next.why === 'stopped'
  return (
    <>
      <Banner tone={stopped ? 'bad' : 'plain'} title={t('loop.next')}>
        <p>{nextSentence(loop.next)}</p>
      </Banner>
      <Chain loop={loop} />
      <div className="columns">
        <Section title={t('loop.agreement')}>
          {loop.champion?.agreement ? (
            <Across report={loop.champion.agreement} />
          ) : (
            <p className="muted">{t('loop.agreement.none')}</p>
          )}
        </Section>
        <Worth worth={loop.value} />
      </div>
      <PolicySection policy={loop.policy} worked={loop.worked_hours} />
      <Trials />
    </>
  )
}
