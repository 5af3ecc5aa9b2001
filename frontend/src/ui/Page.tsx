/** The frame of one page: its title in the tab, its one heading, and what may be done there. */

import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../core/messages'

type Props = {
  title: string
  project?: string | undefined
  lead?: ReactNode
  actions?: ReactNode
  width?: 'wide' | 'narrow'
  children: ReactNode
}

export function Page({ title, project, lead, actions, width = 'wide', children }: Props) {
  return (
    <main id="content" className={`page page-${width}`} tabIndex={-1}>
      <PageTitle title={title} project={project} />
      <header className="page-head">
        <div className="page-head-text">
          <Heading>{title}</Heading>
          {lead && <div className="lead">{lead}</div>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  )
}

export function PageTitle({ title, project }: { title: string; project?: string | undefined }) {
  return (
    <title>
      {project
        ? t('app.titleInProject', { page: title, project })
        : t('app.title', { page: title })}
    </title>
  )
}

let isFirstPage = true

/** After going to another page, reading goes on at its heading, as after a page load. */
export function Heading({ children, hidden = false }: { children: ReactNode; hidden?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true })
    isFirstPage = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={hidden ? 'hidden' : undefined}>
      {children}
    </h1>
  )
}
