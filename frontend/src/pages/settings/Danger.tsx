/** Putting the project away, and taking it up again. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { SESSION, usePlace } from '../../app/session'
import { day } from '../../core/format'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import { settingsApi } from '../../core/settingsApi'
import { Confirm } from '../../ui/Confirm'
import { Banner, explain } from '../../ui/Notice'

export function Danger() {
  const id = useId()
  const { slug, name, archived = false } = usePlace()
  const [asking, setAsking] = useState(false)
  const turning = useTurning(slug, () => setAsking(false))
  const project = useQuery({
    queryKey: ['project', slug],
    queryFn: () => settingsApi.project(slug),
  })
  const heading = useHeardAfter(archived)
  const since = project.data?.archived_at
  return (
    <section className="panel danger-zone" aria-labelledby={id}>
      <header className="panel-head">
        <h2 ref={heading} id={id} tabIndex={-1}>
          {t('archive.title')}
        </h2>
      </header>
      <p>{archived && since ? t('archive.since', { date: day(since) }) : t('archive.text')}</p>
      {turning.error && !asking && (
        <Banner tone="bad">{explain(problemOf(turning.error)).title}</Banner>
      )}
      <div className="form-foot">
        {archived ? (
          <button
            type="button"
            className="button primary"
            aria-disabled={turning.isPending}
            onClick={() => !turning.isPending && turning.mutate('unarchive')}
          >
            {t('archive.undo')}
          </button>
        ) : (
          <button type="button" className="button danger" onClick={() => setAsking(true)}>
            {t('archive.do')}
          </button>
        )}
      </div>
      {asking && (
        <Confirm
          title={t('archive.confirm.title', { name })}
          label={t('archive.do')}
          busy={turning.isPending}
          error={turning.error}
          onConfirm={() => turning.mutate('archive')}
          onClose={() => setAsking(false)}
        >
          <p>{t('archive.confirm.text')}</p>
        </Confirm>
      )}
    </section>
  )
}

/** The button that was pressed is gone: reading goes on at the heading. */
function useHeardAfter(archived: boolean) {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(archived)
  useEffect(() => {
    if (archived !== before.current) heading.current?.focus({ preventScroll: true })
    before.current = archived
  }, [archived])
  return heading
}

function useTurning(slug: string, onTurned: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (how: 'archive' | 'unarchive') => settingsApi[how](slug),
    onSuccess: async after => {
      queries.setQueryData(['project', slug], after)
      queries.invalidateQueries({ queryKey: ['projects'] })
      await queries.invalidateQueries({ queryKey: SESSION })
      onTurned()
    },
  })
}
