/** After an answer the next question comes by itself, with a pause in which to see the answer. */

import { useEffect } from 'react'
import type { Action } from '../../core/rating'

const AUTO_ADVANCE = 250

export function useMovingOn(
  pending: boolean,
  answers: unknown,
  dispatch: (action: Action) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer begins the pause anew
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => dispatch({ type: 'moveOn' }), AUTO_ADVANCE)
    return () => clearTimeout(timer)
  }, [pending, answers])
}
