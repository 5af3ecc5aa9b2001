/** A moment, as people say it, with the exact one behind it. */

import { ago, dateTime } from '../core/format'
import { useNow } from './useNow'

export function Ago({ iso }: { iso: string }) {
  const now = useNow(30)
  return (
    <time dateTime={iso} title={dateTime(iso)}>
      {ago(iso, now)}
    </time>
  )
}

export function Moment({ iso }: { iso: string }) {
  return <time dateTime={iso}>{dateTime(iso)}</time>
}
