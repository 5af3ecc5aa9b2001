/** The videos of the project. */

import { useId } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { clock, count, decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import type { Video } from '../../core/types'
import { LoadMore } from '../../ui/LoadMore'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Thumb } from '../../ui/Thumb'
import { usePages } from '../../ui/usePages'

export function Videos({ importer }: { importer: boolean }) {
  const id = useId()
  const { slug } = usePlace()
  const videos = usePages({
    key: ['videos', slug],
    load: cursor => api.videos(slug, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('data.videos')}</h2>
      </header>
      {videos.rows ? (
        <Rows videos={videos.rows} importer={importer} />
      ) : videos.error ? (
        <Failure error={videos.error} retry={() => videos.refetch()} />
      ) : (
        <Skeleton lines={5} tall />
      )}
      <LoadMore query={videos} />
    </section>
  )
}

function Rows({ videos, importer }: { videos: readonly Video[]; importer: boolean }) {
  if (videos.length === 0)
    return (
      <Empty
        icon="film"
        title={t('data.videos.empty')}
        hint={importer ? t('data.videos.empty.hint') : t('data.videos.emptyStaff')}
      />
    )
  return (
    <StackingTable caption={t('data.videos')} flowing>
      <thead>
        <tr>
          <th scope="col">{t('data.column.video')}</th>
          <th scope="col" className="number">
            {t('data.column.duration')}
          </th>
          <th scope="col" className="number">
            {t('data.column.size')}
          </th>
          <th scope="col" className="number">
            {t('data.column.fps')}
          </th>
          <th scope="col">{t('data.column.split')}</th>
          <th scope="col" className="number">
            {t('data.column.captions')}
          </th>
        </tr>
      </thead>
      <tbody>
        {videos.map(video => (
          <Row key={video.id} video={video} />
        ))}
      </tbody>
    </StackingTable>
  )
}

function Row({ video }: { video: Video }) {
  const { names, sha256, video_url, poster_url, seconds, width, height, fps, split } = video
  const [name = sha256.slice(0, 12), ...others] = names
  return (
    <tr>
      <th scope="row">
        <div className="video-cell">
          <Thumb src={poster_url} href={video_url} name={name} />
          <span className="names" title={names.join('\n')}>
            <span className="name">{name}</span>
            {others.length > 0 && (
              <span className="muted">{t('data.names', { n: others.length })}</span>
            )}
          </span>
        </div>
      </th>
      <td className="number" data-label={t('data.column.duration')}>
        {clock(seconds)}
      </td>
      <td className="number" data-label={t('data.column.size')}>
        {width} × {height}
      </td>
      <td className="number" data-label={t('data.column.fps')}>
        {decimal(fps, Number.isInteger(fps) ? 0 : 2)}
      </td>
      <td data-label={t('data.column.split')}>
        <span className={`tag tag-${split}`}>{word('split', split)}</span>
      </td>
      <td className="number" data-label={t('data.column.captions')}>
        {count(video.captions)}
      </td>
    </tr>
  )
}
