/** Every key and what it does, each to be changed by pressing another, or switched off. */

import { type KeyboardEvent, useState } from 'react'
import {
  isFree,
  KEY_ACTIONS,
  type KeyAction,
  type KeyChanges,
  keymapOf,
  remap,
  takenBy,
} from '../../core/keymap'
import { keyName } from '../../core/keyNames'
import { chordOf } from '../../core/keys'
import { t } from '../../core/messages'
import { Icon } from '../../ui/icons'
import { useKeys } from './useKeys'

const GROUPS = [
  { title: 'keys.answers', actions: KEY_ACTIONS.slice(0, 11) },
  { title: 'keys.going', actions: KEY_ACTIONS.slice(11, 19) },
  { title: 'keys.video', actions: KEY_ACTIONS.slice(19) },
] as const

/** What was pressed for which action, and why it is not taken yet. */
type Wish = { action: KeyAction; chord: string; other: KeyAction | null }

export function KeymapEditor() {
  const { choice, choose } = useKeys()
  const [recording, setRecording] = useState<KeyAction | null>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  const keymap = keymapOf(choice.changes)

  const change = (changes: KeyChanges) => {
    choose({ changes })
    setRecording(null)
    setWish(null)
  }
  const press = (action: KeyAction, chord: string) => {
    const other = takenBy(keymap, chord, action)
    if (isFree(chord) && !other) return change(remap(choice.changes, action, chord))
    setRecording(null)
    return setWish({ action, chord, other: isFree(chord) ? other : null })
  }
  const begin = (action: KeyAction) => {
    setWish(null)
    setRecording(action)
  }

  return (
    <div className="keymap">
      <label className="switch">
        <input
          type="checkbox"
          checked={choice.on}
          onChange={event => choose({ on: event.target.checked })}
        />
        <span>
          {t('help.switch')}
          <span className="switch-hint">{t('help.switch.hint')}</span>
        </span>
      </label>
      <p className="note">{t('help.change')}</p>
      {GROUPS.map(({ title, actions }) => (
        <section key={title} className="keymap-group" data-off={!choice.on || undefined}>
          <h3>{t(title)}</h3>
          <ul>
            {actions.map(action => (
              <li key={action}>
                <KeyRow
                  action={action}
                  chord={keymap[action]}
                  recording={recording === action}
                  onBegin={() => begin(action)}
                  onEnd={() => setRecording(null)}
                  onPress={chord => press(action, chord)}
                  onOff={() => change(remap(choice.changes, action, null))}
                />
                {wish?.action === action && (
                  <Conflict
                    wish={wish}
                    onTake={() => change(remap(choice.changes, action, wish.chord))}
                    onLeave={() => setWish(null)}
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <button
        type="button"
        className="button"
        aria-disabled={Object.keys(choice.changes).length === 0}
        onClick={() => change({})}
      >
        {t('help.reset')}
      </button>
    </div>
  )
}

type RowProps = {
  action: KeyAction
  chord: string | null
  recording: boolean
  onBegin: () => void
  onEnd: () => void
  onPress: (chord: string) => void
  onOff: () => void
}

function KeyRow({ action, chord, recording, onBegin, onEnd, onPress, onOff }: RowProps) {
  const label = t(`key.${action}`)
  /** While a key is awaited, none of them does anything else. */
  const listen = (event: KeyboardEvent) => {
    if (!recording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return onEnd()
    const pressed = chordOf(event.nativeEvent)
    if (pressed && !MODIFIERS.has(pressed)) onPress(pressed)
  }
  return (
    <div className="keymap-row">
      <span className="keymap-name">{label}</span>
      <button
        type="button"
        className="key-button"
        aria-label={t('keys.change', {
          action: label,
          key: recording ? t('keys.press') : keyName(chord),
        })}
        aria-pressed={recording}
        onClick={() => (recording ? onEnd() : onBegin())}
        onKeyDown={listen}
        onBlur={() => recording && onEnd()}
      >
        {recording ? (
          <span className="keymap-wait">{t('keys.press')}</span>
        ) : chord === null ? (
          <span className="muted">{t('keys.none')}</span>
        ) : (
          <kbd>{keyName(chord)}</kbd>
        )}
      </button>
      <button
        type="button"
        className="button quiet square"
        disabled={chord === null}
        aria-label={t('keys.off', { action: label })}
        title={t('keys.off', { action: label })}
        onClick={onOff}
      >
        <Icon name="cross" size={14} />
      </button>
    </div>
  )
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead'])

type ConflictProps = { wish: Wish; onTake: () => void; onLeave: () => void }

function Conflict({ wish: { chord, other }, onTake, onLeave }: ConflictProps) {
  const key = keyName(chord)
  return (
    <div className="keymap-conflict" role="alert">
      <p>
        {other ? t('keys.taken', { key, action: t(`key.${other}`) }) : t('keys.refused', { key })}
      </p>
      {other && (
        <button type="button" className="button small" onClick={onTake}>
          {t('keys.takeover')}
        </button>
      )}
      <button type="button" className="button quiet small" onClick={onLeave}>
        {t('action.cancel')}
      </button>
    </div>
  )
}
