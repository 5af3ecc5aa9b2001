/** A checksum: its beginning to look at, all of it to copy. */

import { useState } from 'react'
import { shortDigest } from '../core/format'
import { t } from '../core/messages'

export function Digest({ value }: { value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Not allowed here; the whole digest is in the title, to be copied by hand.
    }
  }
  return (
    <span className="digest">
      <code title={value}>{shortDigest(value)}</code>
      <button type="button" className="copy" onClick={copy}>
        {copied ? t('common.copied') : t('common.copy')}
        <span className="hidden"> {shortDigest(value)}</span>
      </button>
    </span>
  )
}
