/** The cases of a project: what waits for a decision, for a rating, and what is settled. */

import { Link, useSearchParams } from 'wouter'
import { usePlace } from '../../app/session'
import {
  adjudicationApi,
  CASE_STAGES,
  type CaseRow,
  type CaseStage,
} from '../../core/adjudicationApi'
import { t, word } from '../../core/messages'
import { Empty } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'

const isStage = (asked: string | null): asked is CaseStage =>
  CASE_STAGES.some(stage => stage === asked)

export function AdjudicationPage() {
  const { slug, name } = usePlace()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('stage')
  const stage = isStage(asked) ? asked : 'ready'
  const cases = usePages({
    key: ['cases', slug, stage],
    load: cursor => adjudicationApi.cases(slug, stage, cursor),
  })
  return (
    <Page title={t('adjudicate.title')} project={name} lead={<p>{t('adjudicate.intro')}</p>}>
      <div className="segments case-stages">
        {CASE_STAGES.map(one => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={one === stage}
            onClick={() => setSearch({ stage: one })}
          >
            {word('adjudicate.stage', one)}
          </button>
        ))}
      </div>
      <Loaded query={cases}>
        {rows =>
          rows.length === 0 ? (
            <Empty
              icon="check"
              title={word('adjudicate.empty', stage)}
              hint={t('adjudicate.empty.hint')}
            />
          ) : (
            <ul className="clip-list case-list">
              {rows.map(row => (
                <li key={row.id}>
                  <Row row={row} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
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
