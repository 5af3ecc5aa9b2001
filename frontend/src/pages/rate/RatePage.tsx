/** The rating screen: one item after the other until there is nothing left. */

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import type { Ahead } from '../../core/ahead'
import { t } from '../../core/messages'
import { ApiError } from '../../core/problem'
import { Failure, Skeleton } from '../../ui/Notice'
import { Heading, PageTitle } from '../../ui/Page'
import { useDesk } from './desk'
import { NothingToRate } from './NothingToRate'
import { Preload } from './Preload'
import { RateDesk } from './RateDesk'
import { RateItem } from './RateItem'
import { RefusedAnswers } from './RefusedAnswers'
import { SaveState } from './SaveState'
import { readyOf, useClaim } from './useClaim'
import { useRubric } from './useRubric'

export function RatePage() {
  const { slug, name } = usePlace()
  const { database } = useSignedIn()
  const { ahead, screen } = useClaim(slug)
  const held = screen.kind === 'item' ? screen : null
  // Each in the words that it was lent with; those of the next one are fetched along with it.
  const rubric = useRubric(held?.here.claim ?? null)
  useRubric(held?.next?.claim ?? held?.here.claim ?? null)
  const queries = useQueryClient()
  const answered = () => queries.invalidateQueries({ queryKey: ['progress', slug] })

  return (
    <main id="content" className="rate" tabIndex={-1}>
      <PageTitle title={t('rate.title')} project={name} />
      <Heading hidden>{t('rate.title')}</Heading>
      <RateDesk
        rubric={rubric.data}
        onOpen={async claim => ahead.open(await readyOf(claim, await database))}
      >
        <RefusedAnswers onOpen={ready => ahead.open(ready)} />
        <Elsewhere ahead={ahead} />
        <OtherWords version={held?.here.claim.protocol.rubric_version ?? null} />
        {rubric.error ? (
          <Failure error={rubric.error} retry={() => rubric.refetch()} />
        ) : screen.kind === 'nothing' ? (
          <NothingToRate problem={screen.problem} look={() => ahead.look()}>
            <HistoryButton />
          </NothingToRate>
        ) : screen.kind === 'failed' ? (
          <Away>
            <Failure error={new ApiError(screen.problem)} retry={() => ahead.look()} />
          </Away>
        ) : screen.kind === 'loading' || !rubric.data ? (
          <Away>
            <Skeleton lines={3} tall />
          </Away>
        ) : (
          <RateItem
            key={screen.here.claim.slot}
            ready={screen.here}
            rubric={rubric.data}
            onDone={() => {
              ahead.done(screen.here.claim.slot)
              answered()
            }}
            onRenewed={() => ahead.renewed()}
            onDraft={draft => ahead.remember(screen.here.claim.slot, draft)}
          />
        )}
      </RateDesk>
      {screen.kind === 'item' && screen.next && (
        <Preload key={screen.next.claim.slot} video={screen.next.claim.video} />
      )}
    </main>
  )
}

function HistoryButton() {
  const { turn } = useDesk()
  return (
    <button type="button" className="button" onClick={() => turn('history')}>
      {t('rate.history')}
    </button>
  )
}

/** Before an item is there: word of what an earlier visit has left to send. */
function Away({ children }: { children: ReactNode }) {
  return (
    <div className="rate-waiting">
      <SaveState />
      {children}
    </div>
  )
}

/** Whoever goes on to a caption with a newer rubric is told so. */
function OtherWords({ version }: { version: number | null }) {
  const { say } = useDesk()
  const last = useRef(version)
  useEffect(() => {
    if (version === null) return
    if (last.current !== null && version > last.current) say(t('rate.newWords', { n: version }))
    last.current = version
  }, [version, say])
  return null
}

/** What another tab has answered is over here too. */
function Elsewhere({ ahead }: { ahead: Ahead }) {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const { say } = useDesk()
  useEffect(
    () =>
      outbox.answeredElsewhere.listen(answered => {
        if (answered.slug !== slug) return
        const { screen } = ahead
        const shown = screen.kind === 'item' && screen.here.claim.slot === answered.slot
        ahead.done(answered.slot)
        if (shown) say(t('rate.elsewhere'))
      }),
    [ahead, outbox, say, slug],
  )
  return null
}
