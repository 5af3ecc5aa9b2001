/** The five dimensions side by side, one of which is looked at. */

import { word } from '../core/messages'
import { DIMENSIONS, type Dimension } from '../core/types'

type Props = { shown: Dimension; onShow: (dimension: Dimension) => void }

export function DimensionChoice({ shown, onShow }: Props) {
  return (
    <div className="segments">
      {DIMENSIONS.map(dimension => (
        <button
          key={dimension}
          type="button"
          className="segment"
          aria-pressed={dimension === shown}
          onClick={() => onShow(dimension)}
        >
          {word('dimension', dimension)}
        </button>
      ))}
    </div>
  )
}
