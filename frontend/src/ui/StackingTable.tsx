/** A table whose rows become cards where the page is narrow. Cells name their column in `data-label`. */

import { type ReactNode, useId } from 'react'

type Props = {
  caption: string
  /** Whether the cells of a card stand beside each other, as many as fit, and not below. */
  flowing?: boolean
  children: ReactNode
}

export function StackingTable({ caption, flowing, children }: Props) {
  const id = useId()
  const box = `table-box stacking ${flowing ? 'flowing' : ''}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that may scroll is reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div role="group" className={box} tabIndex={0} aria-labelledby={id}>
      <table>
        <caption id={id} className="hidden">
          {caption}
        </caption>
        {children}
      </table>
    </div>
  )
}
