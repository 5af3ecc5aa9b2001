/** An address that leads nowhere, or not for this person. */

import { Link } from 'wouter'
import { t } from '../core/messages'
import { Page } from '../ui/Page'

export function MissingPage({ hint = t('problem.page.hint') }: { hint?: string }) {
  return (
    <Page title={t('problem.page')} lead={hint} width="narrow">
      <Link className="button" href="/">
        {t('app.projects')}
      </Link>
    </Page>
  )
}
