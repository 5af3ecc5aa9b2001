/** Something that is shown once, to be taken along: a link, a token. */

import { useId, useRef, useState } from 'react'
import { t } from '../core/messages'

export function Secret({ label, value }: { label: string; value: string }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Not allowed here; it is selected now, to be copied by hand.
    }
  }
  return (
    <div className="field secret">
      <label htmlFor={id}>{label}</label>
      <div className="secret-row">
        <input
          ref={field}
          id={id}
          readOnly
          value={value}
          onFocus={event => event.target.select()}
        />
        <button type="button" className="button primary" onClick={copy}>
          {copied ? t('common.copied') : t('common.copy')}
        </button>
      </div>
      <p className="hidden" role="status">
        {copied && t('common.copied')}
      </p>
    </div>
  )
}
