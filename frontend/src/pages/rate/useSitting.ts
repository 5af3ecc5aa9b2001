/** The clock of the sitting: runs while somebody is there, and goes on after a reload. */

import { useCallback, useEffect, useRef, useState } from 'react'
import { later, loadSitting, oneMore, STILL_THERE, saveSitting, tick } from '../../core/sitting'

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

export function useSitting() {
  const [sitting, setSitting] = useState(() => loadSitting(sessionStorage, Date.now()))
  const lastSign = useRef(Date.now())

  useEffect(() => {
    const sign = () => {
      lastSign.current = Date.now()
    }
    for (const name of SIGNS) document.addEventListener(name, sign, { passive: true })
    const timer = setInterval(() => {
      const at = Date.now()
      const seen = document.visibilityState === 'visible'
      const present = seen && at - lastSign.current < STILL_THERE * 1000
      setSitting(before => tick(before, { at, present }))
    }, 1000)
    return () => {
      clearInterval(timer)
      for (const name of SIGNS) document.removeEventListener(name, sign)
    }
  }, [])
  useEffect(() => {
    saveSitting(sessionStorage, sitting)
  }, [sitting])

  return {
    sitting,
    countOne: useCallback(() => setSitting(oneMore), []),
    notNow: useCallback(() => setSitting(later), []),
  }
}
