/** What people disagree on, and what became of it: from the conflict to the decision. */

import { useSearchParams } from 'wouter'
import { usePlace } from '../../app/session'
import { VIEWS, type View } from '../../core/adjudicationApi'
import { t, word } from '../../core/messages'
import { Page } from '../../ui/Page'
import { Cases } from './Cases'
import { Conflicts } from './Conflicts'

const isView = (asked: string | null): asked is View => VIEWS.some(view => view === asked)

export function AdjudicationPage() {
  const { name } = usePlace()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('stage')
  const view = isView(asked) ? asked : 'conflicts'
  return (
    <Page title={t('adjudicate.title')} project={name} lead={<p>{t('adjudicate.intro')}</p>}>
      <div className="segments case-stages">
        {VIEWS.map(one => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={one === view}
            onClick={() => setSearch({ stage: one })}
          >
            {word('adjudicate.stage', one)}
          </button>
        ))}
      </div>
      {view === 'conflicts' ? <Conflicts /> : <Cases key={view} stage={view} />}
    </Page>
  )
}
