/** One caption with its video, all its ratings, and what is to become of them. */

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { adjudicationApi, type GivenRating, type Story } from '../../core/adjudicationApi'
import { disputes } from '../../core/dispute'
import { t } from '../../core/messages'
import { Banner, Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { CaseHistory } from './CaseHistory'
import { DecideForm } from './DecideForm'
import { Neighbours } from './Neighbours'
import { RatingsTable } from './RatingsTable'
import { SendBack } from './SendBack'
import { ThirdRating } from './ThirdRating'

export function CasePage({ item }: { item: number }) {
  const { slug, name } = usePlace()
  const story = useQuery({
    queryKey: ['story', slug, item],
    queryFn: () => adjudicationApi.story(slug, item),
  })
  return (
    <Page
      title={t('adjudicate.one')}
      project={name}
      lead={
        <>
          <Link href={`/p/${slug}/adjudicate`}>{t('adjudicate.back')}</Link>
          <Neighbours item={item} />
        </>
      }
    >
      {story.data ? (
        <Case story={story.data} />
      ) : story.error ? (
        <Failure error={story.error} retry={() => story.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
    </Page>
  )
}

function Case({ story }: { story: Story }) {
  const { roles } = usePlace()
  const [asking, setAsking] = useState(false)
  const [returning, setReturning] = useState<GivenRating | null>(null)
  const manages = mayManage(roles)
  const disputed = disputes(story.ratings)
  const waiting = story.done < story.overlap
  return (
    <div className="columns case">
      <section className="case-video" aria-label={t('adjudicate.video')}>
        <p className="case-caption" dir="auto" lang="">
          {story.caption}
        </p>
        <p className="muted">{t('adjudicate.by', { name: story.captioner })}</p>
        <video
          src={story.video_url}
          poster={story.poster_url}
          controls
          loop
          muted
          playsInline
          autoPlay
        />
      </section>
      <div className="case-panels">
        <section className="panel" aria-labelledby="ratings">
          <header className="panel-head">
            <h2 id="ratings">{t('adjudicate.ratings')}</h2>
            {manages && !waiting && (
              <div className="actions">
                <button type="button" className="button" onClick={() => setAsking(true)}>
                  {t('adjudicate.third')}
                </button>
              </div>
            )}
          </header>
          {waiting && (
            <Banner tone="plain">
              {t('adjudicate.third.waiting', { done: story.done, overlap: story.overlap })}
            </Banner>
          )}
          {Object.values(disputed).every(one => one === null) && story.ratings.length > 1 && (
            <p className="note">{t('adjudicate.agreed')}</p>
          )}
          <RatingsTable
            story={story}
            disputed={disputed}
            onReturn={manages ? setReturning : undefined}
          />
        </section>
        {manages && <DecideForm story={story} disputed={disputed} />}
      </div>
      <CaseHistory events={story.history} />
      {asking && <ThirdRating item={story.item} onClose={() => setAsking(false)} />}
      {returning && (
        <SendBack item={story.item} rating={returning} onClose={() => setReturning(null)} />
      )}
    </div>
  )
}
