/** What each annotator said, in one line. */

import { word } from '../core/messages'
import type { Level } from '../core/types'

export function GivenLevels({ given }: { given: readonly { annotator: string; level: Level }[] }) {
  return (
    <ul className="levels-line">
      {given.map(({ annotator, level }) => (
        <li key={annotator} title={word('rate.rubric', `${level}.phrase`)}>
          {annotator} <kbd data-level={level}>{level}</kbd>
          <span className="hidden">{word('rate.rubric', `${level}.phrase`)}</span>
        </li>
      ))}
    </ul>
  )
}
