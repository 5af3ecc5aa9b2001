/** What a page says when there is nothing, when something failed, and while it waits. */

import type { ReactNode } from 'react'
import { language, t, word } from '../core/messages'
import { isPassing, type Problem, problemOf, UNREACHABLE } from '../core/problem'
import { Icon, type IconName } from './icons'

type EmptyProps = { icon?: IconName; title: string; hint?: string; children?: ReactNode }

export function Empty({ icon = 'stack', title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children && <div className="actions">{children}</div>}
    </div>
  )
}

export function explain(problem: Problem): { title: string; hint?: string } {
  if (problem.type === UNREACHABLE)
    return { title: t('problem.unreachable'), hint: t('problem.unreachable.hint') }
  if (isPassing(problem) && !problem.title)
    return { title: t('problem.server'), hint: t('problem.server.hint') }
  return { title: refusal(problem) || t('problem.unknown') }
}

/** The server says no in English; what it often says has words in the other languages too. */
function refusal({ type, title }: Problem): string {
  if (title && language() === 'en') return title
  const known = word('refused', type)
  return known === type ? title : known
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { title, hint } = explain(problemOf(error))
  return (
    <div className="empty" role="alert">
      <span className="empty-icon bad">
        <Icon name="warn" size={26} />
      </span>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {retry && (
        <div className="actions">
          <button type="button" className="button" onClick={retry}>
            {t('action.retry')}
          </button>
        </div>
      )}
    </div>
  )
}

type BannerProps = { tone: 'bad' | 'warn' | 'good' | 'plain'; title?: string; children?: ReactNode }

export function Banner({ tone, title, children }: BannerProps) {
  return (
    <div className={`banner banner-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      {tone !== 'plain' && <Icon name={tone === 'good' ? 'done' : 'warn'} />}
      <div className="banner-text">
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}

/** The shape of what is coming. It fades in late, so that quick answers never flash it. */
export function Skeleton({ lines = 3, tall = false }: { lines?: number; tall?: boolean }) {
  return (
    <div className="skeleton" role="status">
      <span className="hidden">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => line).map(line => (
        <span key={line} className={tall ? 'bone tall' : 'bone'} />
      ))}
    </div>
  )
}
