/** Why something is done: a few lines that others will read. */

import { type RefObject, useId } from 'react'

const LONGEST = 2000

type Props = {
  label: string
  value: string
  wrong?: string
  input?: RefObject<HTMLTextAreaElement | null>
  onChange: (value: string) => void
}

export function ReasonField({ label, value, wrong = '', input, onChange }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        ref={input}
        id={id}
        rows={3}
        maxLength={LONGEST}
        dir="auto"
        value={value}
        aria-invalid={wrong !== ''}
        aria-describedby={`${id}-wrong`}
        onChange={event => onChange(event.target.value)}
      />
      <p id={`${id}-wrong`} className="wrong">
        {wrong}
      </p>
    </div>
  )
}
