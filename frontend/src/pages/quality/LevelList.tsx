/** Five levels in a line, with their words for those who do not see them. */

import { word } from '../../core/messages'
import { DIMENSIONS, type Levels } from '../../core/types'

export function LevelList({ levels }: { levels: Partial<Levels> }) {
  return (
    <ul className="levels-line">
      {DIMENSIONS.map(dimension => {
        const level = levels[dimension]
        if (level === undefined) return null
        const phrase = word('rate.rubric', `${level}.phrase`)
        return (
          <li key={dimension} title={phrase}>
            {word('dimension', dimension)} <kbd data-level={level}>{level}</kbd>
            <span className="hidden">{phrase}</span>
          </li>
        )
      })}
    </ul>
  )
}
