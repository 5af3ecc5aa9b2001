/** What one has rated and skipped, newest first, each to be opened again. */

import type { ReactNode } from 'react'
import { usePlace } from '../../app/session'
import { answersApi } from '../../core/answersApi'
import type { Past } from '../../core/answersTypes'
import { t } from '../../core/messages'
import type { Rubric } from '../../core/types'
import { Drawer } from '../../ui/Drawer'
import { LoadMore } from '../../ui/LoadMore'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'

type Props = {
  rubric: Rubric | undefined
  open: number | null
  /** What came back, before all else. */
  returned: ReactNode
  onOpen: (past: Past) => void
  onClose: () => void
}

export function HistoryDrawer({ rubric, open, returned, onOpen, onClose }: Props) {
  const { slug } = usePlace()
  const pages = usePages<Past>({
    key: ['history', slug],
    load: cursor => answersApi.history(slug, cursor),
  })
  return (
    <Drawer title={t('history.title')} onClose={onClose}>
      {returned}
      <p className="note">{t('history.hint')}</p>
      {pages.error ? (
        <Failure error={pages.error} retry={() => pages.refetch()} />
      ) : pages.rows === undefined ? (
        <Skeleton lines={4} tall />
      ) : pages.rows.length === 0 ? (
        <Empty icon="history" title={t('history.empty')} hint={t('history.empty.hint')} />
      ) : (
        <ul className="history">
          {pages.rows.map(past => (
            <li key={past.slot}>
              <HistoryRow past={past} rubric={rubric} here={past.slot === open} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={pages} />
    </Drawer>
  )
}

type RowProps = {
  past: Past
  rubric: Rubric | undefined
  here: boolean
  onOpen: (past: Past) => void
}

function HistoryRow({ past, rubric, here, onOpen }: RowProps) {
  const { caption_text, poster_url, levels, submitted_at, late, revision, flagged, state } = past
  return (
    <button
      type="button"
      className="past"
      aria-current={here || undefined}
      onClick={() => !here && onOpen(past)}
    >
      <img className="past-poster" src={poster_url} alt="" loading="lazy" width={72} height={48} />
      <span className="past-text" dir="auto" lang="">
        {caption_text}
      </span>
      {levels && rubric && (
        <span className="squares">
          {rubric.questions.map(({ dimension, letter, title }) => (
            <span
              key={dimension}
              className="square-level"
              data-level={levels[dimension]}
              title={t('history.level', { title, level: levels[dimension] })}
            >
              <span aria-hidden="true">{letter}</span>
              <span className="hidden">{title}</span> {levels[dimension]}
            </span>
          ))}
        </span>
      )}
      <span className="past-marks">
        {submitted_at && <Ago iso={submitted_at} />}
        {state === 'skipped' && <span className="tag">{t('history.skipped')}</span>}
        {late && <span className="tag">{t('history.late')}</span>}
        {revision > 1 && <span className="tag tag-test">{t('history.revised')}</span>}
        {flagged && <span className="tag tag-refused">{t('history.flagged')}</span>}
        <span className="spring" />
        <span className="past-open">
          {here
            ? t('history.here')
            : state === 'skipped'
              ? t('history.takeBack')
              : t('history.open')}
        </span>
      </span>
    </button>
  )
}
