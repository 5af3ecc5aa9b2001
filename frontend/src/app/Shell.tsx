/** The header on every page: where one is, where one may go, who one is. */

import { Link } from 'wouter'
import { api } from '../core/api'
import { t, word } from '../core/messages'
import { nextTheme, type Theme } from '../core/theme'
import type { Role } from '../core/types'
import { Icon, type IconName, Mark } from '../ui/icons'
import { Navigation } from './Navigation'
import { type Place, useSignedIn } from './session'
import { useOutboxStatus } from './useOutbox'
import { useTheme } from './useTheme'

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

function Account({ place }: { place: Place | null }) {
  const { user, outbox } = useSignedIn()
  const status = useOutboxStatus(outbox)
  return (
    <div className="account">
      {status.state === 'waiting' && (
        <span className="unsaved">{t('app.unsaved', { n: status.count })}</span>
      )}
      <Link className="who" href="/profile" title={t('app.profile')}>
        <span className="who-name">{user.name || user.username}</span>
        {place && <span className="who-role">{rolesText(place.roles)}</span>}
      </Link>
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
    <button type="button" className="button quiet sign-out" onClick={leave}>
      <Icon name="leave" />
      <span className="sign-out-text">{t('app.signOut')}</span>
    </button>
  )
}

const THEME_ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' }

function ThemeButton() {
  const [theme, setTheme] = useTheme()
  return (
    <button
      type="button"
      className="button quiet square"
      onClick={() => setTheme(nextTheme(theme))}
      aria-label={word('app.theme', theme)}
      title={word('app.theme', theme)}
    >
      <Icon name={THEME_ICONS[theme]} />
    </button>
  )
}
