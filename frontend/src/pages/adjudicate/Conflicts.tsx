/** What annotators disagree on, widest first, each with its video and what everybody said. */

import { useId, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { adjudicationApi, type Conflict, type ConflictFilter } from '../../core/adjudicationApi'
import { t, word } from '../../core/messages'
import { DIMENSIONS } from '../../core/types'
import { GivenLevels } from '../../ui/GivenLevels'
import { Empty } from '../../ui/Notice'
import { Thumb } from '../../ui/Thumb'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'
import { ReportFrame } from '../quality/report/ReportFrame'

const ALL: ConflictFilter = { dimension: '', captioner: '', annotator: '' }

/** They are found with the report, so that a million ratings need not be searched for them. */
export function Conflicts() {
  return <ReportFrame>{report => <List key={report.id} report={report.id} />}</ReportFrame>
}

function List({ report }: { report: number }) {
  const { slug } = usePlace()
  const [filter, setFilter] = useState(ALL)
  const conflicts = usePages({
    key: ['conflicts', slug, report, filter],
    load: cursor => adjudicationApi.conflicts(slug, filter, cursor),
  })
  const all = Object.values(filter).every(value => value === '')
  return (
    <>
      <Filter filter={filter} onChange={setFilter} />
      <Loaded query={conflicts}>
        {rows =>
          rows.length === 0 ? (
            <Empty
              icon="check"
              title={all ? t('conflicts.empty') : t('conflicts.none')}
              hint={all ? t('conflicts.empty.hint') : t('conflicts.none.hint')}
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
    </>
  )
}

type FilterProps = { filter: ConflictFilter; onChange: (filter: ConflictFilter) => void }

function Filter({ filter, onChange }: FilterProps) {
  const id = useId()
  return (
    <form
      className="conflict-filter"
      onSubmit={event => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        const said = (name: string) => String(given.get(name) ?? '').trim()
        onChange({ ...filter, captioner: said('captioner'), annotator: said('annotator') })
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-dimension`}>{t('overview.dimension')}</label>
        <select
          id={`${id}-dimension`}
          value={filter.dimension}
          onChange={({ target }) => onChange({ ...filter, dimension: target.value })}
        >
          <option value="">{t('conflicts.all')}</option>
          {DIMENSIONS.map(dimension => (
            <option key={dimension} value={dimension}>
              {word('dimension', dimension)}
            </option>
          ))}
        </select>
      </div>
      {(['captioner', 'annotator'] as const).map(name => (
        <div key={name} className="field">
          <label htmlFor={`${id}-${name}`}>{word('conflicts.by', name)}</label>
          <input id={`${id}-${name}`} name={name} autoComplete="off" spellCheck={false} />
        </div>
      ))}
      <button type="submit" className="button">
        {t('conflicts.find')}
      </button>
    </form>
  )
}

function Row({ row }: { row: Conflict }) {
  const { slug } = usePlace()
  const { item, dimension, kind, caption_text, captioner, given, stage } = row
  return (
    <article className="clip-row case-row">
      <Thumb src={row.poster_url} href={row.video_url} name={t('conflicts.video', { captioner })} />
      <div className="clip-text">
        <p className="conflict-head">
          <strong>{word('dimension', dimension)}</strong>
          <span className="tag tag-urgent">{word('adjudicate.dispute', kind)}</span>
          {stage && <span className="tag">{word('adjudicate.stage', stage)}</span>}
        </p>
        <Link className="case-link clamped" href={`/p/${slug}/adjudicate/${item}`} dir="auto">
          {caption_text}
        </Link>
        <GivenLevels given={given} />
        <p className="clip-facts">
          <span>{t('adjudicate.by', { name: captioner })}</span>
        </p>
      </div>
    </article>
  )
}
