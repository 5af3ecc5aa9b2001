/** A long text in a list: its beginning, and the rest when asked for. */

import { useState } from 'react'
import { t } from '../core/messages'

const LONG = 320

export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false)
  if (text.length <= LONG) return <p>{text}</p>
  return (
    <div>
      <p className={all ? undefined : 'clamped'}>{text}</p>
      <button
        type="button"
        className="button quiet small inline"
        aria-expanded={all}
        onClick={() => setAll(!all)}
      >
        {all ? t('common.less') : t('common.more')}
      </button>
    </div>
  )
}
