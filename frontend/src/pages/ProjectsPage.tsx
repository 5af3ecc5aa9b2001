/** The projects one is in; with only one, straight into it. */

import { Link, Redirect } from 'wouter'
import { useSignedIn } from '../app/session'
import { t, word } from '../core/messages'
import { Icon } from '../ui/icons'
import { Empty } from '../ui/Notice'
import { Page } from '../ui/Page'

export function ProjectsPage() {
  const { memberships } = useSignedIn()
  const [only] = memberships
  if (only && memberships.length === 1) return <Redirect replace to={`/p/${only.project.slug}`} />
  return (
    <Page title={t('projects.title')} width="narrow">
      {memberships.length === 0 ? (
        <Empty title={t('projects.empty')} hint={t('projects.empty.hint')} />
      ) : (
        <ul className="cards">
          {memberships.map(({ project, roles }) => (
            <li key={project.slug}>
              <Link className="card card-link" href={`/p/${project.slug}`}>
                <span className="card-text">
                  <strong>{project.name}</strong>
                  <span className="muted">{roles.map(role => word('role', role)).join(', ')}</span>
                </span>
                <Icon name="arrow" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
