/** The door. */

import { SignInForm } from '../app/SignInForm'
import { t } from '../core/messages'
import { Mark } from '../ui/icons'
import { Heading, PageTitle } from '../ui/Page'

export function LoginPage() {
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
        <SignInForm />
      </div>
    </main>
  )
}
