/** Word that an admin sent a rating back: why, and a button that opens it. */

import type { ReturnedRating } from '../../core/adjudicationApi'
import { t } from '../../core/messages'

type Props = { returned: readonly ReturnedRating[]; onOpen: (slot: number) => void }

export function ReturnedNotice({ returned, onOpen }: Props) {
  const [first] = returned
  if (!first) return null
  const title = t('returned.title', { n: returned.length })
  return (
    <section className="returned" aria-label={title} title={t('returned.hint')}>
      <p>
        <strong>{title}</strong>{' '}
        <q dir="auto" lang="">
          {first.reason}
        </q>
      </p>
      <button type="button" className="button" onClick={() => onOpen(first.slot)}>
        {t('returned.open')}
      </button>
    </section>
  )
}
