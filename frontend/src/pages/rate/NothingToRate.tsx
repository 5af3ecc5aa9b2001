/** Why there is nothing to rate, and what may change that. */

import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { language, t } from '../../core/messages'
import type { Problem } from '../../core/problem'
import type { Task } from '../../core/ratingTypes'
import { Empty } from '../../ui/Notice'
import { SaveState } from './SaveState'

const WHYS = ['all-done', 'yours-done', 'on-loan', 'empty', 'not-qualified'] as const
type Why = (typeof WHYS)[number]

const LOOK_AFTER = 15
const LONGEST = 5 * 60

type Props = {
  problem: Problem
  look: () => void
  task?: Task
  /** What else one can do now. */
  children?: ReactNode
}

export function NothingToRate({ problem, look, task = 'rate', children }: Props) {
  const { slug } = usePlace()
  const why: Why = WHYS.find(one => one === problem.why) ?? 'all-done'
  const seconds = typeof problem.next_in === 'number' ? problem.next_in : null
  const [time] = useState(() => seconds !== null && inSeconds(seconds))
  useLater(why === 'on-loan', seconds ?? LOOK_AFTER, look)
  return (
    <>
      <div className="rate-waiting">
        <SaveState />
      </div>
      <Empty
        icon={why === 'on-loan' ? 'clock' : why === 'empty' ? 'film' : 'done'}
        title={t(`${task}.empty.${why}`)}
        hint={
          why === 'on-loan' && time
            ? t(`${task}.empty.on-loan.at`, { time })
            : t(`${task}.empty.${why}.hint`)
        }
      >
        <Link className="button" href={`/p/${slug}`}>
          {t('action.back')}
        </Link>
        {children}
        <button type="button" className="button" onClick={look}>
          {t('rate.empty.look')}
        </button>
      </Empty>
    </>
  )
}

/** By our clock, however wrong it is: it is the one that is read. */
function inSeconds(seconds: number): string {
  const format = new Intl.DateTimeFormat(language(), { timeStyle: 'medium' })
  return format.format(new Date(Date.now() + seconds * 1000))
}

/** Look again when the next loan ends, but not in a hurry. */
function useLater(wanted: boolean, seconds: number, look: () => void): void {
  const again = useEffectEvent(look)
  useEffect(() => {
    if (!wanted) return
    const wait = Math.min(Math.max(seconds, LOOK_AFTER), LONGEST)
    const timer = setTimeout(() => again(), wait * 1000)
    return () => clearTimeout(timer)
  }, [wanted, seconds])
}
