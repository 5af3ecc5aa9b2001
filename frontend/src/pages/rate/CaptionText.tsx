/** The whole caption. A long one scrolls in its place, with its end in sight, or opens up. */

import { type RefObject, useEffect, useRef, useState } from 'react'
import { t } from '../../core/messages'
import { Icon } from '../../ui/icons'

const LONG = 700

type Props = { text: string; label?: string }

export function CaptionText({ text, label = t('rate.caption') }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const { overflows, more } = useOverflow(box)
  return (
    <section className="caption" data-all={all || undefined} aria-label={label}>
      <div
        ref={box}
        className="caption-box"
        data-more={more || undefined}
        tabIndex={overflows ? 0 : undefined}
      >
        {/* Captions come in any language, and nobody says in which. */}
        <p className={text.length > LONG ? 'caption-text long' : 'caption-text'} dir="auto" lang="">
          {text}
        </p>
      </div>
      {(overflows || all) && (
        <button
          type="button"
          className="button quiet small caption-more"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          <Icon name="down" size={15} />
          {all ? t('rate.caption.less') : t('rate.caption.all')}
        </button>
      )}
    </section>
  )
}

/** Whether the box holds more than it shows, and whether there is more below. */
function useOverflow(box: RefObject<HTMLElement | null>) {
  const [state, setState] = useState({ overflows: false, more: false })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const { scrollHeight, clientHeight, scrollTop } = element
      const overflows = scrollHeight > clientHeight + 2
      const more = overflows && scrollTop + clientHeight < scrollHeight - 4
      setState(before =>
        before.overflows === overflows && before.more === more ? before : { overflows, more },
      )
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box])
  return state
}
