/** Find the caption that a check or a twin is made of. */

import { useEffect, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { Candidate, CheckPurpose } from '../../core/qualityTypes'
import { DIMENSIONS } from '../../core/types'
import { LongText } from '../../ui/LongText'
import { Empty } from '../../ui/Notice'
import { Thumb } from '../../ui/Thumb'
import { usePages } from '../../ui/usePages'
import { Loaded } from './Loaded'

const PAUSE = 250

type Props = { purpose: CheckPurpose; onPick: (candidate: Candidate) => void }

export function CaptionPicker({ purpose, onPick }: Props) {
  const id = useId()
  const { slug } = usePlace()
  const [typed, setTyped] = useState('')
  const search = useLater(typed.trim())
  const candidates = usePages({
    key: ['candidates', slug, purpose, search],
    load: cursor => qualityApi.candidates(slug, purpose, search, cursor),
  })
  return (
    <div className="form">
      <div className="field">
        <label htmlFor={id}>{t('check.search')}</label>
        <input
          id={id}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </div>
      <Loaded query={candidates}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={t('check.candidates.empty')} />
          ) : (
            <ul className="clip-list">
              {rows.map(candidate => (
                <li key={candidate.caption}>
                  <Row candidate={candidate} onPick={() => onPick(candidate)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  )
}

function Row({ candidate, onPick }: { candidate: Candidate; onPick: () => void }) {
  const { text, captioner, video_name, video_url, poster_url, means } = candidate
  return (
    <article className="clip-row">
      <Thumb src={poster_url} href={video_url} name={video_name} />
      <div className="clip-text">
        <LongText text={text} />
        <p className="clip-facts">
          <span>{captioner}</span>
          <span>{video_name}</span>
        </p>
        {means && <Means means={means} />}
      </div>
      <div className="row-actions clip-actions">
        <button type="button" className="button" onClick={onPick}>
          {t('check.pick')}
          <span className="hidden"> {video_name}</span>
        </button>
      </div>
    </article>
  )
}

/** What people have given it so far, on average. */
function Means({ means }: { means: NonNullable<Candidate['means']> }) {
  return (
    <p className="clip-facts">
      <span>{t('check.means')}</span>
      {DIMENSIONS.map(dimension => (
        <span key={dimension}>
          {word('dimension', dimension)} {decimal(means[dimension], 1)}
        </span>
      ))}
    </p>
  )
}

/** What was typed, once the typing pauses. */
function useLater(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
