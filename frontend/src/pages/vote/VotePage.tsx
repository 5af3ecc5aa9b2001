/** Blind votes: two captions of one video, and which of them describes it better. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import type { Ahead } from '../../core/ahead'
import { t } from '../../core/messages'
import { ApiError } from '../../core/problem'
import type { Pair } from '../../core/ratingTypes'
import { Failure, Skeleton } from '../../ui/Notice'
import { Heading, PageTitle } from '../../ui/Page'
import { NothingToRate } from '../rate/NothingToRate'
import { Preload } from '../rate/Preload'
import { SaveState } from '../rate/SaveState'
import { useClaim } from '../rate/useClaim'
import { RefusedVotes } from './RefusedVotes'
import { VoteItem } from './VoteItem'

export function VotePage() {
  const { slug, name } = usePlace()
  const { ahead, screen } = useClaim(slug, 'vote')
  const [elsewhere, forget] = useElsewhere(ahead)
  const queries = useQueryClient()
  return (
    <main id="content" className="rate vote" tabIndex={-1}>
      <PageTitle title={t('vote.title')} project={name} />
      <Heading hidden>{t('vote.title')}</Heading>
      <RefusedVotes onDismissed={() => ahead.fill()} />
      <div role="status">
        {elsewhere > 0 && (
          <p key={elsewhere} className="rate-warning muted">
            {t('vote.elsewhere')}
          </p>
        )}
      </div>
      {screen.kind === 'item' ? (
        <VoteItem
          key={screen.here.claim.slot}
          pair={screen.here.claim as Pair}
          draft={screen.here.draft}
          onDone={() => {
            forget()
            ahead.done(screen.here.claim.slot)
            queries.invalidateQueries({ queryKey: ['comparisons', slug] })
          }}
          onRenewed={() => ahead.renewed()}
        />
      ) : screen.kind === 'nothing' ? (
        <NothingToRate task="vote" problem={screen.problem} look={() => ahead.look()} />
      ) : (
        <div className="rate-waiting">
          <SaveState />
          {screen.kind === 'failed' ? (
            <Failure error={new ApiError(screen.problem)} retry={() => ahead.look()} />
          ) : (
            <Skeleton lines={3} tall />
          )}
        </div>
      )}
      {screen.kind === 'item' && screen.next && (
        <Preload key={screen.next.claim.slot} video={screen.next.claim.video} />
      )}
    </main>
  )
}

/** What another tab has voted on is over here too. How often that has just happened. */
function useElsewhere(ahead: Ahead) {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const [times, setTimes] = useState(0)
  useEffect(
    () =>
      outbox.answeredElsewhere.listen(answered => {
        if (answered.slug !== slug) return
        const { screen } = ahead
        const shown = screen.kind === 'item' && screen.here.claim.slot === answered.slot
        ahead.done(answered.slot)
        if (shown) setTimes(before => before + 1)
      }),
    [ahead, outbox, slug],
  )
  return [times, () => setTimes(0)] as const
}
