/** A table whose rows become cards where the page is narrow. Cells name their column in `data-label`. */

import { type ReactNode, useId } from 'react'

export function StackingTable({ caption, children }: { caption: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that may scroll is reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div role="group" className="table-box stacking" tabIndex={0} aria-labelledby={id}>
      <table>
        <caption id={id} className="hidden">
          {caption}
        </caption>
        {children}
      </table>
    </div>
  )
}
