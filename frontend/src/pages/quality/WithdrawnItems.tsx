/** Captions that are out because somebody could not play the video, and the way back. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { dateTime } from '../../core/format'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import type { Withdrawn } from '../../core/qualityTypes'
import { Banner, explain } from '../../ui/Notice'
import { usePages } from '../../ui/usePages'
import { Loaded } from './Loaded'
import { Poster } from './Poster'

export function WithdrawnItems() {
  const id = useId()
  const { slug } = usePlace()
  const withdrawn = usePages({
    key: ['withdrawn', slug],
    load: cursor => qualityApi.withdrawn(slug, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('queue.withdrawn')}</h2>
      </header>
      <p className="note">{t('queue.withdrawn.hint')}</p>
      <Loaded query={withdrawn}>
        {rows =>
          rows.length === 0 ? (
            <p className="muted">{t('queue.withdrawn.empty')}</p>
          ) : (
            <ul className="clip-list">
              {rows.map(one => (
                <li key={one.item}>
                  <Row one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Row({ one: { item, video_name, poster_url, caption_text, reports } }: { one: Withdrawn }) {
  const { slug, roles } = usePlace()
  const queries = useQueryClient()
  const restoring = useMutation({
    mutationFn: () => qualityApi.restore(slug, item),
    onSettled: () => {
      queries.invalidateQueries({ queryKey: ['withdrawn', slug] })
      queries.invalidateQueries({ queryKey: ['queue', slug] })
    },
  })
  return (
    <article className="clip-row">
      <Poster src={poster_url} />
      <div className="clip-text">
        <p className="name">{video_name}</p>
        <p className="clamped">{caption_text}</p>
        <ul className="clip-facts">
          {reports.map(({ annotator, at }) => (
            <li key={`${annotator} ${at}`}>
              {t('queue.reported', { name: annotator, date: dateTime(at) })}
            </li>
          ))}
        </ul>
        {restoring.error && <Banner tone="bad">{explain(problemOf(restoring.error)).title}</Banner>}
      </div>
      {mayManage(roles) && (
        <div className="row-actions clip-actions">
          <button
            type="button"
            className="button"
            aria-disabled={restoring.isPending}
            onClick={() => !restoring.isPending && restoring.mutate()}
          >
            {t('check.restore')}
            <span className="hidden"> {video_name}</span>
          </button>
        </div>
      )}
    </article>
  )
}
