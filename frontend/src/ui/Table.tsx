/** A table that scrolls sideways in its own box where the page is narrow. */

import { type ReactNode, useId } from 'react'

type Props = { caption: string; shown?: boolean; children: ReactNode }

export function Table({ caption, shown = false, children }: Props) {
  const id = useId()
  return (
    // A box that scrolls has to be reachable by keyboard, or its right half is for mice only.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div role="group" className="table-box" tabIndex={0} aria-labelledby={id}>
      <table>
        <caption id={id} className={shown ? undefined : 'hidden'}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  )
}
