/** The offer to take the last thing back, and the clock that ends it. */

import { useEffect, useReducer } from 'react'
import { undo } from '../../core/undo'

const STEP = 250

export function useUndo() {
  const [offer, dispatch] = useReducer(undo, null)
  const running = offer !== null && !offer.held && !offer.taking
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => dispatch({ type: 'pass', ms: STEP }), STEP)
    return () => clearInterval(timer)
  }, [running])
  return [offer, dispatch] as const
}
