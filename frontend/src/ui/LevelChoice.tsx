/** The six levels side by side, to choose one of. */

import { useId } from 'react'
import { word } from '../core/messages'
import { LEVELS, type Level } from '../core/types'

type Props = { level: Level | undefined; onLevel: (level: Level) => void }

export function LevelChoice({ level, onLevel }: Props) {
  const name = useId()
  return (
    <div className="reference-levels">
      {LEVELS.map(one => (
        <label key={one} data-level={one} title={word('rate.rubric', `${one}.phrase`)}>
          <input type="radio" name={name} checked={one === level} onChange={() => onLevel(one)} />
          <span aria-hidden="true">{one}</span>
          <span className="hidden">
            {one} {word('rate.rubric', `${one}.phrase`)}
          </span>
        </label>
      ))}
      <span className="muted reference-phrase" aria-hidden="true">
        {level === undefined ? '' : word('rate.rubric', `${level}.phrase`)}
      </span>
    </div>
  )
}
