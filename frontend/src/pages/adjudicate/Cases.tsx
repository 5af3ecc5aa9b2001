/** The cases at one stage, newest first. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { adjudicationApi, type CaseRow, type CaseStage } from '../../core/adjudicationApi'
import { t, word } from '../../core/messages'
import { Empty } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'

export function Cases({ stage }: { stage: CaseStage }) {
  const { slug } = usePlace()
  const cases = usePages({
    key: ['cases', slug, stage],
    load: cursor => adjudicationApi.cases(slug, stage, cursor),
  })
  return (
    <Loaded query={cases}>
      {rows =>
        rows.length === 0 ? (
          <Empty
            icon="check"
            title={word('adjudicate.empty', stage)}
            hint={t('adjudicate.empty.hint')}
          />
        ) : (
          <ul className="clip-list">
            {rows.map(row => (
              <li key={row.id}>
                <Row row={row} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Row({ row }: { row: CaseRow }) {
  const { slug } = usePlace()
  const { item, caption_text, poster_url, reason, done, overlap } = row
  const { opened_by, opened_at, decided_at } = row
  return (
    <article className="clip-row case-row">
      <img className="case-poster" src={poster_url} alt="" loading="lazy" width={96} height={54} />
      <div className="clip-text">
        <Link className="case-link clamped" href={`/p/${slug}/adjudicate/${item}`} dir="auto">
          {caption_text}
        </Link>
        {reason && <p className="remark-text">{reason}</p>}
        <p className="clip-facts">
          <span>{t('adjudicate.progress', { done, overlap })}</span>
          {opened_by && opened_at && (
            <span>
              {t('adjudicate.opened', { name: opened_by })} <Ago iso={opened_at} />
            </span>
          )}
          {decided_at && (
            <span>
              {t('adjudicate.decided')} <Ago iso={decided_at} />
            </span>
          )}
        </p>
      </div>
    </article>
  )
}
