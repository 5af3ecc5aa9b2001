/** The box that a curve is drawn in, anew whenever its figures, its size or the theme change. */

import { useEffect, useEffectEvent, useRef } from 'react'
import type { Engine } from './engine'
import { type Drawn, describe, paint } from './paint'

/** `onMissing`: the drawing part did not load, as after an update of the site. */
type Props = { drawn: Drawn; onMissing: () => void }

export function Drawing({ drawn, onMissing }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const engine = useRef<Engine | null>(null)
  const repaint = useEffectEvent(() => {
    if (engine.current && box.current) paint(engine.current, box.current, drawn)
  })
  const missing = useEffectEvent(onMissing)

  const { points, xLabel, yLabel, step, ahead, log, mark } = drawn
  // biome-ignore lint/correctness/useExhaustiveDependencies: new figures are drawn
  useEffect(() => repaint(), [points, xLabel, yLabel, step, ahead, log, mark])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let left = false
    import('./engine').then(
      ({ draw }) => {
        if (left) return
        engine.current = draw(element)
        repaint()
      },
      () => missing(),
    )
    const forget = whenLooksChange(element, {
      resized: () => engine.current?.resize(),
      themed: () => repaint(),
    })
    return () => {
      left = true
      forget()
      engine.current?.dispose()
      engine.current = null
    }
  }, [])

  return <div ref={box} className="curve" role="img" aria-label={describe(drawn)} />
}

type Looks = { resized: () => void; themed: () => void }

function whenLooksChange(element: HTMLElement, { resized, themed }: Looks): () => void {
  const size = new ResizeObserver(resized)
  size.observe(element)
  const choice = new MutationObserver(themed)
  choice.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', themed)
  return () => {
    size.disconnect()
    choice.disconnect()
    system.removeEventListener('change', themed)
  }
}
