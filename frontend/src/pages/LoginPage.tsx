/** The door. */

import { useState } from 'react'
import { LanguageChoice } from '../app/LanguageChoice'
import { Providers } from '../app/Providers'
import { SignInForm } from '../app/SignInForm'
import { safeReturn } from '../core/access'
import { t, word } from '../core/messages'
import { Mark } from '../ui/icons'
import { Banner } from '../ui/Notice'
import { Heading, PageTitle } from '../ui/Page'

export function LoginPage() {
  const asked = new URLSearchParams(window.location.search)
  // What went wrong at an identity provider, which sends people back to this page.
  const [problem] = useState(asked.get('problem'))
  return (
    <main id="content" className="login" tabIndex={-1}>
      <PageTitle title={t('login.title')} />
      <div className="login-card">
        <div className="login-brand">
          <Mark />
          <div>
            <strong>{t('app.name')}</strong>
            <p>{t('app.tagline')}</p>
          </div>
        </div>
        <Heading>{t('login.title')}</Heading>
        {problem && <Banner tone="bad">{inWords(problem)}</Banner>}
        <SignInForm />
        <Providers next={safeReturn(asked.get('next'))} />
        <LanguageChoice />
      </div>
    </main>
  )
}

/** Only a refusal that we know: anybody can write anything into an address. */
function inWords(problem: string): string {
  const known = word('refused', problem)
  return known === problem ? t('problem.unknown') : known
}
