/** The header on every page: where one is, where one may go, who one is. */

import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { isStaff, mayManage, mayRate } from '../core/access'
import { api } from '../core/api'
import { t, word } from '../core/messages'
import { applyTheme, loadTheme, nextTheme, type Theme } from '../core/theme'
import type { Role } from '../core/types'
import { Icon, type IconName, Mark } from '../ui/icons'
import { type Place, useSignedIn } from './session'
import { useOutboxStatus } from './useOutbox'

export function Shell({ place }: { place: Place | null }) {
  return (
    <header className="shell">
      <a className="skip-link" href="#content">
        {t('app.skip')}
      </a>
      <div className="shell-bar">
        <Link href="/" className="brand" aria-label={t('app.home')}>
          <Mark />
          <span className="brand-name">{t('app.name')}</span>
        </Link>
        {place && (
          <span className="shell-project" title={place.name}>
            {place.name}
          </span>
        )}
        {place && <Navigation place={place} />}
        <Account place={place} />
      </div>
    </header>
  )
}

function Navigation({ place: { slug, roles } }: { place: Place }) {
  const [location] = useLocation()
  const home = `/p/${slug}`
  const staff = isStaff(roles)
  const pages = [
    { to: home, label: t('nav.overview'), shown: true },
    { to: `${home}/rate`, label: t('nav.rate'), shown: mayRate(roles) },
    { to: `${home}/vote`, label: t('nav.vote'), shown: mayRate(roles) },
    { to: `${home}/data`, label: t('nav.data'), shown: staff },
    { to: `${home}/snapshots`, label: t('nav.snapshots'), shown: staff },
    { to: `${home}/runs`, label: t('nav.runs'), shown: staff },
    { to: `${home}/leaderboard`, label: t('nav.leaderboard'), shown: staff },
    { to: `${home}/comparisons`, label: t('nav.comparisons'), shown: staff },
    { to: `${home}/quality`, label: t('nav.quality'), shown: staff },
    { to: `${home}/people`, label: t('nav.people'), shown: mayManage(roles) },
  ].filter(page => page.shown)
  return (
    <nav className="shell-nav" aria-label={t('app.navigation')}>
      <ul>
        {pages.map(({ to, label }) => (
          <li key={to}>
            <Link href={to} aria-current={isHere(location, to, home) ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const isHere = (location: string, to: string, home: string) =>
  location === to || (to !== home && location.startsWith(`${to}/`))

function Account({ place }: { place: Place | null }) {
  const { user, outbox } = useSignedIn()
  const status = useOutboxStatus(outbox)
  return (
    <div className="account">
      {status.state === 'waiting' && (
        <span className="unsaved">{t('app.unsaved', { n: status.count })}</span>
      )}
      <span className="who">
        <span className="who-name">{user.username}</span>
        {place && <span className="who-role">{rolesText(place.roles)}</span>}
      </span>
      <ThemeButton />
      <SignOut />
    </div>
  )
}

const rolesText = (roles: readonly Role[]) => roles.map(role => word('role', role)).join(', ')

function SignOut() {
  const leave = async () => {
    await api.signOut().catch(() => null)
    // A fresh load: nothing of this person stays in memory for the next one.
    window.location.assign('/login')
  }
  return (
    <button type="button" className="button quiet" onClick={leave}>
      {t('app.signOut')}
    </button>
  )
}

const THEME_ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' }

export function ThemeButton() {
  const [theme, setTheme] = useState(() => loadTheme(localStorage))
  const turn = () => {
    const next = nextTheme(theme)
    applyTheme(next, document.documentElement, localStorage)
    setTheme(next)
  }
  return (
    <button
      type="button"
      className="button quiet square"
      onClick={turn}
      aria-label={word('app.theme', theme)}
      title={word('app.theme', theme)}
    >
      <Icon name={THEME_ICONS[theme]} />
    </button>
  )
}
