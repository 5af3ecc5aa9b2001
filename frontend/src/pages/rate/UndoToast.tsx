/** A short-lived offer to take the last thing back. It waits while one hovers or has it in focus. */

import { keyName } from '../../core/keyNames'
import { t } from '../../core/messages'
import { OFFERED_FOR, type Offer } from '../../core/undo'
import { Icon } from '../../ui/icons'

type Props = {
  offer: Offer
  chord: string | null
  onHold: (held: boolean) => void
  onTake: () => void
  onClose: () => void
}

export function UndoToast({ offer, chord, onHold, onTake, onClose }: Props) {
  const { done, left, taking } = offer
  const [said, take] =
    done.kind === 'skipped'
      ? [t('undo.skipped'), t('undo.skipped.take')]
      : [t('undo.submitted'), t('undo.submitted.take')]
  return (
    <section
      className="toast"
      aria-label={t('undo.region')}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      <Icon name={done.kind === 'skipped' ? 'skip' : 'done'} size={16} />
      <span className="toast-text">{said}</span>
      <button type="button" className="button small toast-take" disabled={taking} onClick={onTake}>
        <Icon name="undo" size={15} />
        {take}
        {chord && (
          <span className="key" aria-hidden="true">
            {keyName(chord)}
          </span>
        )}
      </button>
      <button
        type="button"
        className="button quiet square small"
        onClick={onClose}
        aria-label={t('action.close')}
      >
        <Icon name="cross" size={15} />
      </button>
      <span
        className="toast-left"
        aria-hidden="true"
        style={{ inlineSize: `${(left / OFFERED_FOR) * 100}%` }}
      />
    </section>
  )
}
