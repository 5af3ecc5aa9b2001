/** For how many seconds the page was in sight. */

import { useEffect, useRef } from 'react'

export function useSecondsVisible(before: number) {
  const seconds = useRef(before)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') seconds.current += 1
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
