/** Why there is nothing to rate, and what may change that. */

import { useEffect } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import type { Problem } from '../../core/problem'
import { Empty } from '../../ui/Notice'

const WHYS = ['all-done', 'yours-done', 'on-loan', 'empty'] as const
type Why = (typeof WHYS)[number]

const time = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const LOOK_AFTER = 15_000

export function NothingToRate({ problem, look }: { problem: Problem; look: () => void }) {
  const { slug } = usePlace()
  const why: Why = WHYS.find(one => one === problem.why) ?? 'all-done'
  const next = typeof problem.next_at === 'string' ? new Date(problem.next_at) : null
  useLater(why === 'on-loan', next, look)
  return (
    <Empty
      icon={why === 'on-loan' ? 'clock' : why === 'empty' ? 'film' : 'done'}
      title={t(`rate.empty.${why}`)}
      hint={
        why === 'on-loan' && next
          ? t('rate.empty.on-loan.at', { time: time.format(next) })
          : t(`rate.empty.${why}.hint`)
      }
    >
      <Link className="button" href={`/p/${slug}`}>
        {t('action.back')}
      </Link>
      <button type="button" className="button" onClick={look}>
        {t('rate.empty.look')}
      </button>
    </Empty>
  )
}

/** Look again when the next loan ends, but not in a hurry. */
function useLater(wanted: boolean, next: Date | null, look: () => void): void {
  const at = next?.getTime() ?? null
  useEffect(() => {
    if (!wanted) return
    const wait = at === null ? LOOK_AFTER : Math.max(at - Date.now(), LOOK_AFTER)
    const timer = setTimeout(look, Math.min(wait, 5 * 60_000))
    return () => clearTimeout(timer)
  }, [wanted, at, look])
}
