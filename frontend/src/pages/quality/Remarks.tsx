/** What annotators have flagged or written, with the video, until somebody has seen to it. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { qualityApi } from '../../core/qualityApi'
import type { InboxFilter, InboxRow } from '../../core/qualityTypes'
import { Icon } from '../../ui/icons'
import { LongText } from '../../ui/LongText'
import { Banner, Empty, explain } from '../../ui/Notice'
import { Thumb } from '../../ui/Thumb'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from './Loaded'

const KINDS = ['', 'flag', 'comment'] as const
/** The server takes no more in one go. */
const MOST = 500
const NAMES = { '': 'remark.both', flag: 'remark.flags', comment: 'remark.comments' } as const

type Filter = { open: boolean; kind: InboxFilter['kind'] }

export function Remarks() {
  const id = useId()
  const [{ open, kind }, setFilter] = useState<Filter>({ open: true, kind: '' })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('quality.remarks')}</h2>
      </header>
      <div className="segments">
        {[true, false].map(one => (
          <button
            key={String(one)}
            type="button"
            className="segment"
            aria-pressed={one === open}
            onClick={() => setFilter({ open: one, kind })}
          >
            {one ? t('remark.open') : t('remark.all')}
          </button>
        ))}
      </div>
      <div className="segments">
        {KINDS.map(one => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={one === kind}
            onClick={() => setFilter({ open, kind: one })}
          >
            {t(NAMES[one])}
          </button>
        ))}
      </div>
      <Inbox key={`${open} ${kind}`} open={open} kind={kind} />
    </section>
  )
}

function Inbox({ open, kind }: Filter) {
  const { slug, roles } = usePlace()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const remarks = usePages({
    key: ['inbox', slug, open, kind],
    load: cursor => qualityApi.remarks(slug, { open, kind }, cursor),
  })
  const choose = (ids: readonly number[], on: boolean) =>
    setChosen(before => {
      const after = new Set(before)
      for (const id of ids) on ? after.add(id) : after.delete(id)
      return after
    })
  return (
    <Loaded query={remarks}>
      {rows => {
        const waiting = rows.filter(row => row.resolved_at === null).map(row => row.id)
        return (
          <>
            {mayManage(roles) && <Bulk waiting={waiting} chosen={chosen} onChoose={choose} />}
            {rows.length === 0 ? (
              <Empty
                icon="comment"
                title={open ? t('remark.none') : t('remark.never')}
                hint={t('remark.hint')}
              />
            ) : (
              <ul className="clip-list">
                {rows.map(remark => (
                  <li key={remark.id}>
                    <Row
                      remark={remark}
                      chosen={chosen.has(remark.id)}
                      onChoose={on => choose([remark.id], on)}
                    />
                  </li>
                ))}
              </ul>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

type BulkProps = {
  waiting: readonly number[]
  chosen: ReadonlySet<number>
  onChoose: (ids: readonly number[], on: boolean) => void
}

/** Resolve many in one go, and take the last go back. */
function Bulk({ waiting, chosen, onChoose }: BulkProps) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [done, setDone] = useState<readonly number[]>([])
  const selected = waiting.filter(one => chosen.has(one))
  const acting = useMutation({
    mutationFn: ({ ids, resolved }: { ids: readonly number[]; resolved: boolean }) =>
      qualityApi.resolveAll(slug, ids, resolved),
    onSuccess: (_, { ids, resolved }) => {
      setDone(resolved ? ids : [])
      onChoose(ids, false)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['inbox', slug] }),
  })
  const act = (ids: readonly number[], resolved: boolean) =>
    !acting.isPending && acting.mutate({ ids, resolved })
  if (waiting.length === 0 && done.length === 0) return null
  return (
    <div className="remark-bulk">
      {waiting.length > 0 && (
        <>
          <label htmlFor={id}>
            <input
              id={id}
              type="checkbox"
              checked={selected.length === waiting.length}
              onChange={({ target }) => onChoose(waiting, target.checked)}
            />{' '}
            {t('remark.selectAll')}
          </label>
          <span className="muted">{t('remark.selected', { n: selected.length })}</span>
          <button
            type="button"
            className="button small"
            aria-disabled={selected.length === 0 || acting.isPending}
            onClick={() => selected.length > 0 && act(selected.slice(0, MOST), true)}
          >
            <Icon name="check" size={15} />
            {t('remark.resolveAll')}
          </button>
        </>
      )}
      <span role="status">{done.length > 0 && t('remark.resolvedAll', { n: done.length })}</span>
      {done.length > 0 && (
        <button type="button" className="button small" onClick={() => act(done, false)}>
          <Icon name="undo" size={15} />
          {t('remark.reopenAll')}
        </button>
      )}
      {acting.error && <Banner tone="bad">{explain(problemOf(acting.error)).title}</Banner>}
    </div>
  )
}

type RowProps = { remark: InboxRow; chosen: boolean; onChoose: (chosen: boolean) => void }

function Row({ remark, chosen, onChoose }: RowProps) {
  const { slug, roles } = usePlace()
  const queries = useQueryClient()
  const resolving = useMutation({
    mutationFn: () => qualityApi.resolve(slug, remark.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['inbox', slug] }),
  })
  const { kind, text, annotator, made_at, resolved_at, resolved_by } = remark
  return (
    <article className="clip-row" data-off={resolved_at !== null || undefined}>
      <Thumb
        src={remark.poster_url}
        href={remark.video_url}
        name={t('remark.videoOf', { name: annotator })}
      />
      <div className="clip-text">
        <p className="remark-head">
          <Icon name={kind} size={16} />
          <strong>{annotator}</strong>
          <span className="muted">
            {kind === 'flag' ? t('remark.flagged') : t('remark.commented')} <Ago iso={made_at} />
          </span>
        </p>
        {text && <p className="remark-text">{text}</p>}
        <div className="remark-caption">
          <LongText text={remark.caption_text} />
        </div>
        {resolved_at && (
          <p className="clip-facts">
            <span>
              {resolved_by ? t('remark.resolvedBy', { name: resolved_by }) : t('remark.resolved')}{' '}
              <Ago iso={resolved_at} />
            </span>
          </p>
        )}
        {resolving.error && <Banner tone="bad">{explain(problemOf(resolving.error)).title}</Banner>}
      </div>
      {!resolved_at && mayManage(roles) && (
        <div className="row-actions clip-actions">
          <label className="remark-choice">
            <input
              type="checkbox"
              checked={chosen}
              onChange={({ target }) => onChoose(target.checked)}
            />
            <span className="hidden">{t('remark.select', { name: annotator })}</span>
          </label>
          <button
            type="button"
            className="button"
            aria-disabled={resolving.isPending}
            onClick={() => !resolving.isPending && resolving.mutate()}
          >
            <Icon name="check" size={16} />
            {t('remark.resolve')}
            <span className="hidden"> {annotator}</span>
          </button>
        </div>
      )}
    </article>
  )
}
