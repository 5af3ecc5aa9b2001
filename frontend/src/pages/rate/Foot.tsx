/** Below the question: back, what else can be done with the caption, and the sitting so far. */

import type { Remark } from '../../core/answersTypes'
import type { KeyAction } from '../../core/keymap'
import { keyName } from '../../core/keyNames'
import { t } from '../../core/messages'
import { Icon, type IconName } from '../../ui/icons'
import type { Answering } from './answering'
import { useDesk } from './desk'
import { SaveState } from './SaveState'

export type Tools = {
  flag: Remark | undefined
  comments: number
  onFlag: () => void
  onFlagWords: () => void
  onComment: () => void
  /** Null where there is nothing to skip. */
  onSkip: (() => void) | null
}

export function Foot({
  item: { rating, dispatch, saving },
  tools,
}: {
  item: Answering
  tools: Tools
}) {
  const desk = useDesk()
  const busy = saving !== null
  return (
    <footer className="panel-foot">
      <div className="tools">
        <button
          type="button"
          className="button quiet"
          onClick={() => dispatch({ type: 'back' })}
          disabled={rating.at === rating.order[0] || busy}
        >
          <Icon name="back" size={16} />
          {t('rate.back')}
        </button>
        <span className="spring" />
        <Tool
          icon="flag"
          action="flag"
          label={tools.flag ? t('flag.remove') : t('flag.add')}
          pressed={tools.flag !== undefined}
          onPress={tools.onFlag}
        />
        <Tool
          icon="comment"
          action="comment"
          label={
            tools.comments > 0
              ? `${t('comment.title')}: ${t('comment.some', { n: tools.comments })}`
              : t('comment.title')
          }
          count={tools.comments}
          onPress={tools.onComment}
        />
        {tools.onSkip && (
          <Tool
            icon="skip"
            action="skip"
            label={t('rate.skip')}
            disabled={busy}
            onPress={tools.onSkip}
          />
        )}
        <Tool
          icon="history"
          action="history"
          label={
            desk.returned > 0
              ? `${t('rate.history')}: ${t('returned.title', { n: desk.returned })}`
              : t('rate.history')
          }
          count={desk.returned}
          expanded={desk.drawer === 'history'}
          onPress={() => desk.turn('history')}
        />
        <Tool
          icon="help"
          action="help"
          label={t('rate.help')}
          expanded={desk.drawer === 'help'}
          onPress={() => desk.turn('help')}
        />
      </div>
      <p className="foot-line">
        {tools.flag && (
          <span className="foot-flag">
            <Icon name="flag" size={13} />
            {t('flag.on')}
            <button type="button" className="link" onClick={tools.onFlagWords}>
              {tools.flag.text ? t('flag.words.change') : t('flag.words')}
            </button>
          </span>
        )}
        {!tools.flag && tools.comments > 0 && (
          <span>{t('comment.some', { n: tools.comments })}</span>
        )}
        <span className="spring" />
        <SaveState />
        <span className="sitting">
          {t('rate.sitting', {
            done: desk.sitting.done,
            time: t('rate.sitting.minutes', { n: Math.floor(desk.sitting.active / 60) }),
          })}
        </span>
      </p>
    </footer>
  )
}

type ToolProps = {
  icon: IconName
  action: KeyAction
  label: string
  pressed?: boolean
  expanded?: boolean
  disabled?: boolean
  count?: number
  onPress: () => void
}

/** A button that shows its key to whoever points at it. */
function Tool({ icon, action, label, pressed, expanded, disabled, count = 0, onPress }: ToolProps) {
  const chord = useDesk().keymap?.[action]
  return (
    <button
      type="button"
      className="button quiet square tool"
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={chord ? t('rate.toolKey', { tool: label, key: keyName(chord) }) : label}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {count > 0 && (
        <span className="tool-count" aria-hidden="true">
          {count}
        </span>
      )}
    </button>
  )
}
