/** Clips whose answers are known: for practice, for the qualification, and unmarked among the rest. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { percent } from '../../core/format'
import { t, word } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import { type Check, REFERENCES, type Reference } from '../../core/qualityTypes'
import { LongText } from '../../ui/LongText'
import { Banner, Empty, explain } from '../../ui/Notice'
import { Thumb } from '../../ui/Thumb'
import { usePages } from '../../ui/usePages'
import { CheckDialog } from './CheckDialog'
import { LevelList } from './LevelList'
import { Loaded } from './Loaded'

export function Checks() {
  const id = useId()
  const { slug, roles } = usePlace()
  const [purpose, setPurpose] = useState<Reference>('practice')
  const [editing, setEditing] = useState<Check | 'new' | null>(null)
  const admin = mayManage(roles)
  const checks = usePages({
    key: ['checks', slug, purpose],
    load: cursor => qualityApi.checks(slug, purpose, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('quality.checks')}</h2>
        {admin && (
          <button type="button" className="button primary" onClick={() => setEditing('new')}>
            {t('check.new')}
          </button>
        )}
      </header>
      <div className="segments">
        {REFERENCES.map(one => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={one === purpose}
            onClick={() => setPurpose(one)}
          >
            {word('quality.purpose', one)}
          </button>
        ))}
      </div>
      <p className="note">{word('check.hint', purpose)}</p>
      <Loaded query={checks}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={t('check.empty')} hint={t('check.empty.hint')} />
          ) : (
            <ul className="clip-list">
              {rows.map(check => (
                <li key={check.item}>
                  <CheckRow check={check} {...(admin ? { onEdit: () => setEditing(check) } : {})} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing && (
        <CheckDialog
          purpose={purpose}
          check={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  )
}

function CheckRow({ check, onEdit }: { check: Check; onEdit?: () => void }) {
  const { caption_text, captioner, video_name, video_url, poster_url, levels, notes } = check
  const said = Object.values(notes).filter(Boolean).length
  return (
    <article className="clip-row" data-off={check.withdrawn || undefined}>
      <Thumb src={poster_url} href={video_url} name={video_name} />
      <div className="clip-text">
        <LongText text={caption_text} />
        <LevelList levels={levels} />
        <p className="clip-facts">
          {check.withdrawn && <span className="tag">{t('check.withdrawn')}</span>}
          <span>{captioner}</span>
          <span>{t('check.answers', { n: check.answers })}</span>
          {check.passed_share !== null && (
            <span>{t('check.passed', { share: percent(check.passed_share) })}</span>
          )}
          {said > 0 && <span>{t('check.noted', { n: said })}</span>}
        </p>
      </div>
      {onEdit && (
        <div className="row-actions clip-actions">
          <button type="button" className="button" onClick={onEdit}>
            {t('check.edit')}
            <span className="hidden"> {video_name}</span>
          </button>
          <Withdraw check={check} />
        </div>
      )}
    </article>
  )
}

/** Takes a check out, or puts it back. What was answered so far stays. */
export function Withdraw({ check }: { check: Check }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const turning = useMutation({
    mutationFn: () => qualityApi.changeCheck(slug, check.item, { withdrawn: !check.withdrawn }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks', slug] }),
  })
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-disabled={turning.isPending}
        onClick={() => !turning.isPending && turning.mutate()}
      >
        {check.withdrawn ? t('check.restore') : t('check.withdraw')}
        <span className="hidden"> {check.video_name}</span>
      </button>
      {turning.error && <Banner tone="bad">{explain(problemOf(turning.error)).title}</Banner>}
    </>
  )
}
