/** Answers that the server refused for good: which, why, and a way to look at them again. */

import { useState, useSyncExternalStore } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import type { Ready } from '../../core/ahead'
import type { Draft } from '../../core/draft'
import { t } from '../../core/messages'
import type { Entry, Refused } from '../../core/outbox'
import { problemOf } from '../../core/problem'
import { ratingApi } from '../../core/ratingApi'
import { Banner, explain } from '../../ui/Notice'
import { useDesk } from './desk'
import { readyOf } from './useClaim'

export function RefusedAnswers({ onOpen }: { onOpen: (ready: Ready) => void }) {
  const { slug } = usePlace()
  const { outbox } = useSignedIn()
  const refused = useSyncExternalStore(outbox.refusedChanged.listen, () => outbox.refused)
  const here = refused.filter(({ entry }) => entry.slug === slug && entry.kind !== 'vote')
  return here.map(one => <RefusedAnswer key={one.entry.key} refused={one} onOpen={onOpen} />)
}

type Props = { refused: Refused; onOpen: (ready: Ready) => void }

function RefusedAnswer({ refused: { entry, problem }, onOpen }: Props) {
  const { slug } = usePlace()
  const { outbox, database } = useSignedIn()
  const { say } = useDesk()
  const [busy, setBusy] = useState(false)
  const dismiss = () => outbox.dismiss(entry.key)

  const open = async () => {
    setBusy(true)
    try {
      const kept = await database
      const claim = await ratingApi.slot(slug, entry.slot)
      const ready = await readyOf(claim, kept)
      await dismiss()
      onOpen({ ...ready, draft: withAnswers(ready.draft, entry) })
    } catch (error) {
      say(explain(problemOf(error)).title)
      setBusy(false)
    }
  }
  const before = BEFORE.includes(problem.type)
  const over = before || OVER.includes(problem.type)
  return (
    <div className="rate-warning">
      <Banner tone="bad" title={t('rate.refused')}>
        {entry.about && <p className="refused-about">{entry.about}</p>}
        <p>{before ? t('rate.already') : explain(problem).title}</p>
        <div className="actions">
          {!over && (
            <button type="button" className="button small" disabled={busy} onClick={open}>
              {t('rate.refused.open')}
            </button>
          )}
          <button type="button" className="button quiet small" onClick={dismiss}>
            {t('rate.refused.dismiss')}
          </button>
        </div>
      </Banner>
    </div>
  )
}

/** Another tab or machine was first; with our key, where it had taken over our draft. */
const BEFORE = ['already-submitted', 'key-in-use']
/** There is nothing to be done about these either: the place is gone. */
const OVER = ['already-skipped', 'no-such-slot']

/** The answers as they were sent, under a new key: the refused one may be known to the server. */
function withAnswers(draft: Draft, entry: Entry): Draft {
  const fresh = { ...draft, clientKey: crypto.randomUUID() }
  return entry.kind === 'submission'
    ? { ...fresh, answers: entry.body.levels, step: draft.step + 1 }
    : fresh
}
