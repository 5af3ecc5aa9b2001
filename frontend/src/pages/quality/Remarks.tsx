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
const NAMES = { '': 'remark.both', flag: 'remark.flags', comment: 'remark.comments' } as const

export function Remarks() {
  const id = useId()
  const { slug } = usePlace()
  const [open, setOpen] = useState(true)
  const [kind, setKind] = useState<InboxFilter['kind']>('')
  const remarks = usePages({
    key: ['inbox', slug, open, kind],
    load: cursor => qualityApi.remarks(slug, { open, kind }, cursor),
  })
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
            onClick={() => setOpen(one)}
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
            onClick={() => setKind(one)}
          >
            {t(NAMES[one])}
          </button>
        ))}
      </div>
      <Loaded query={remarks}>
        {rows =>
          rows.length === 0 ? (
            <Empty
              icon="comment"
              title={open ? t('remark.none') : t('remark.never')}
              hint={t('remark.hint')}
            />
          ) : (
            <ul className="clip-list">
              {rows.map(remark => (
                <li key={remark.id}>
                  <Row remark={remark} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Row({ remark }: { remark: InboxRow }) {
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
