/** When the page itself has a bug: say so, and offer a way on. */

import { Component, type ReactNode } from 'react'
import { t } from '../core/messages'

export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <main id="content" className="page page-narrow">
        <div className="empty" role="alert">
          <h1>{t('problem.crash')}</h1>
          <p>{t('problem.crash.hint')}</p>
          <div className="actions">
            <button type="button" className="button" onClick={() => window.location.reload()}>
              {t('problem.reload')}
            </button>
          </div>
        </div>
      </main>
    )
  }
}
