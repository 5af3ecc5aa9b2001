/** Native radios, so Tab, arrows and screen readers come free; the digits are ours. */

import { type MouseEvent, useId, useRef, useState } from 'react'
import type { Level, Question, RubricLevel } from '../../core/types'

export type AnswerBy = { pointer: boolean }

type Props = {
  question: Question
  levels: readonly RubricLevel[]
  chosen: Level | undefined
  locked: boolean
  onAnswer: (level: Level, by: AnswerBy) => void
}

export function Scale({ question, levels, chosen, locked, onAnswer }: Props) {
  const id = useId()
  const [looking, setLooking] = useState<Level | null>(null)
  const shown = levels.find(({ value }) => value === (looking ?? chosen))
  return (
    <fieldset className="scale" disabled={locked}>
      <legend className="hidden">{question.title}</legend>
      {levels.map(level => (
        <LevelRow
          key={level.value}
          level={level}
          group={question.dimension}
          sentenceId={`${id}-${level.value}`}
          chosen={level.value === chosen}
          onAnswer={onAnswer}
          onLook={setLooking}
        />
      ))}
      {levels.map(({ value, sentence }) => (
        <span key={value} id={`${id}-${value}`} hidden>
          {sentence}
        </span>
      ))}
      <p className="sentence" aria-hidden="true">
        {shown?.sentence}
      </p>
    </fieldset>
  )
}

type RowProps = {
  level: RubricLevel
  group: string
  sentenceId: string
  chosen: boolean
  onAnswer: Props['onAnswer']
  onLook: (level: Level | null) => void
}

function LevelRow({
  level: { value, phrase },
  group,
  sentenceId,
  chosen,
  onAnswer,
  onLook,
}: RowProps) {
  const press = useLongPress()
  const byPointer = useRef(false)

  const onLabel = (event: MouseEvent) => {
    if (press.wasLong()) return event.preventDefault()
    // Arrow keys click the input too, without a detail; moving over the levels must not go on.
    if (event.detail > 0) byPointer.current = true
    return undefined
  }
  const answer = () => {
    onAnswer(value, { pointer: byPointer.current })
    byPointer.current = false
  }
  return (
    <label
      className={value === 0 ? 'level apart' : 'level'}
      data-chosen={chosen || undefined}
      onPointerEnter={() => onLook(value)}
      // A finger that has let go has not looked away: the sentence of a long press stays.
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && onLook(null)}
      onContextMenu={event => press.wasLong() && event.preventDefault()}
      onClickCapture={onLabel}
      {...press.handlers}
    >
      <input
        type="radio"
        name={group}
        value={value}
        checked={chosen}
        aria-describedby={sentenceId}
        onClick={() => chosen && byPointer.current && answer()}
        onChange={answer}
        onFocus={() => onLook(value)}
        onBlur={() => onLook(null)}
      />
      <kbd>{value}</kbd> <span className="level-phrase">{phrase}</span>
    </label>
  )
}

const LONG = 450

/** On a touch screen a long press shows the sentence, and does not answer. */
function useLongPress() {
  const began = useRef<number | null>(null)
  return {
    wasLong: () => began.current !== null && performance.now() - began.current > LONG,
    handlers: {
      onPointerDown: ({ pointerType }: { pointerType: string }) => {
        began.current = pointerType === 'touch' ? performance.now() : null
      },
    },
  }
}
