/** The selected captions themselves, with their videos and levels. */

import { usePlace } from '../../../app/session'
import { api } from '../../../core/api'
import { decimal } from '../../../core/format'
import { t, word } from '../../../core/messages'
import { DIMENSIONS, type Selected } from '../../../core/types'
import { LoadMore } from '../../../ui/LoadMore'
import { LongText } from '../../../ui/LongText'
import { Failure, Skeleton } from '../../../ui/Notice'
import { Thumb } from '../../../ui/Thumb'
import { usePages } from '../../../ui/usePages'

export function Examples({ run }: { run: number }) {
  const { slug } = usePlace()
  const examples = usePages({
    key: ['selection', slug, run],
    load: cursor => api.selection(slug, run, cursor),
  })
  return (
    <>
      <h3>{t('result.examples')}</h3>
      {examples.rows ? (
        <ul className="examples">
          {examples.rows.map(example => (
            <Example key={example.caption.id} example={example} />
          ))}
          {examples.rows.length === 0 && <li className="muted">{t('result.examples.none')}</li>}
        </ul>
      ) : examples.error ? (
        <Failure error={examples.error} retry={() => examples.refetch()} />
      ) : (
        <Skeleton lines={4} tall />
      )}
      <LoadMore query={examples} />
    </>
  )
}

function Example({ example: { video, caption, score, levels } }: { example: Selected }) {
  return (
    <li className="example">
      <Thumb src={video.poster_url} href={video.video_url} name={video.sha256.slice(0, 12)} />
      <div className="example-text">
        <LongText text={caption.text} />
        <div className="example-facts">
          <strong>{t('result.score', { score: decimal(score) })}</strong>
          <span className="muted">{caption.captioner}</span>
          <ul className="level-list">
            {DIMENSIONS.map(dimension => (
              <li key={dimension}>
                <span className="muted">{word('dimension', dimension)}</span>{' '}
                {decimal(levels[dimension], 1)}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </li>
  )
}
