/** Every key, and the rubric in full. */

import { t } from '../../core/messages'
import type { Rubric } from '../../core/types'
import { Modal } from '../../ui/Modal'

type Props = { rubric: Rubric; keys: boolean; onKeys: (on: boolean) => void; onClose: () => void }

export function HelpDialog({ rubric, keys, onKeys, onClose }: Props) {
  return (
    <Modal title={t('help.title')} onClose={onClose} wide>
      <div className="help">
        <section>
          <h3>{t('help.keys')}</h3>
          <label className="switch">
            <input
              type="checkbox"
              checked={keys}
              onChange={event => onKeys(event.target.checked)}
            />
            {t('help.switch')}
          </label>
          <dl className="keys">
            {KEYS.map(({ shown, does }) => (
              <div key={does}>
                <dt>
                  {shown.map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{t(does)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{t('help.levels')}</h3>
          <dl className="rubric">
            {rubric.levels.map(({ value, phrase, sentence }) => (
              <div key={value}>
                <dt>
                  <kbd data-level={value}>{value}</kbd> {phrase}
                </dt>
                <dd>{sentence}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('help.questions')}</h3>
          <dl className="rubric">
            {rubric.questions.map(({ dimension, letter, title, text }) => (
              <div key={dimension}>
                <dt>
                  <kbd>{letter}</kbd> {title}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  )
}

const KEYS = [
  { shown: ['0', '…', '5'], does: 'key.rate' },
  { shown: ['O', 'F', 'A', 'C', 'B'], does: 'key.jump' },
  { shown: ['⌫'], does: 'key.back' },
  { shown: ['↵'], does: 'key.enter' },
  { shown: ['Space'], does: 'key.space' },
  { shown: ['←', '→'], does: 'key.seek' },
  { shown: [',', '.'], does: 'key.frame' },
  { shown: ['<', '>'], does: 'key.speed' },
  { shown: ['L'], does: 'key.loop' },
  { shown: ['M'], does: 'key.mute' },
  { shown: ['S'], does: 'key.skip' },
  { shown: ['?'], does: 'key.help' },
] as const
