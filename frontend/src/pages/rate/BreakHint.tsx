/** A word about pausing, after much work. It never stands in the way. */

import { t } from '../../core/messages'
import { Icon } from '../../ui/icons'

export function BreakHint({ minutes, onLater }: { minutes: number; onLater: () => void }) {
  return (
    <div className="break" role="status">
      <Icon name="cup" />
      <p>
        <strong>{t('break.title')}</strong> {t('break.text', { n: minutes })}
      </p>
      <button type="button" className="button small" onClick={onLater}>
        {t('break.later')}
      </button>
    </div>
  )
}
