/** Keeps what is held, while somebody looks at it. */

import { useEffect, useEffectEvent } from 'react'

/** Seconds between beats, at the most. */
export const HEARTBEAT = 60

type Beating = { wanted: boolean; every: number; beat: () => Promise<void> }

/**
 * Tells the server that somebody still sits here, for all that is held. A lost beat does no harm:
 * late answers count too.
 */
export function useHeartbeat({ wanted, every, beat }: Beating): void {
  const now = useEffectEvent(() => {
    if (document.visibilityState === 'visible') beat().catch(() => undefined)
  })
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => now(), every * 1000)
    const seen = () => now()
    document.addEventListener('visibilitychange', seen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [wanted, every])
}
