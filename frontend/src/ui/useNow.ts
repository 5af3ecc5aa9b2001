/** The time, going on while somebody looks. */

import { useEffect, useState } from 'react'

export function useNow(everySeconds: number | null): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (everySeconds === null) return
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000)
    return () => clearInterval(timer)
  }, [everySeconds])
  return now
}
