/** The protocol as a form shows it: shares in per cent, times in minutes. */

import type { Protocol } from './qualityTypes'

/** The version of the rubric has a page of its own. */
type Name = Exclude<keyof Protocol, 'rubric_version'>
export type ProtocolField = {
  name: Name
  kind: 'switch' | 'share' | 'minutes' | 'whole' | 'count'
  /** In what the form shows. */
  min: number
  max: number
}
export type ProtocolGroup = { name: 'screen' | 'queue' | 'checks'; fields: ProtocolField[] }

const share = (name: Name): ProtocolField => ({ name, kind: 'share', min: 0, max: 100 })
const onOff = (name: Name): ProtocolField => ({ name, kind: 'switch', min: 0, max: 1 })

export const PROTOCOL: readonly ProtocolGroup[] = [
  {
    name: 'screen',
    fields: [
      share('watch_share'),
      onOff('auto_advance'),
      onOff('random_order'),
      { name: 'break_minutes', kind: 'whole', min: 0, max: 1_440 },
    ],
  },
  {
    name: 'queue',
    fields: [
      { name: 'overlap', kind: 'count', min: 1, max: 100 },
      { name: 'lease_seconds', kind: 'minutes', min: 1, max: 1_440 },
      share('random_share'),
    ],
  },
  {
    name: 'checks',
    fields: [
      onOff('practice_required'),
      share('pass_share'),
      share('check_share'),
      share('repeat_share'),
    ],
  },
]

const SCALE = { share: 100, minutes: 1 / 60, whole: 1, count: 1, switch: 1 }

export function shown({ name, kind }: ProtocolField, protocol: Protocol): number | boolean {
  const value = protocol[name]
  if (typeof value === 'boolean') return value
  // 0.07 * 100 is 7.000000000000001.
  return Number((value * SCALE[kind]).toFixed(3))
}

/** What was changed, as the server wants it. A form may not hold all of the fields. */
export function changes(
  read: (name: string) => string | null,
  before: Protocol,
): Partial<Protocol> {
  const changed: Partial<Record<Name, number | boolean>> = {}
  for (const field of PROTOCOL.flatMap(group => group.fields)) {
    const value = meant(field, read(field.name))
    if (value !== null && value !== before[field.name]) changed[field.name] = value
  }
  return changed as Partial<Protocol>
}

/** What was entered, in the server's terms. A box that is not ticked sends nothing. */
function meant({ kind }: ProtocolField, entered: string | null): number | boolean | null {
  if (kind === 'switch') return entered !== null
  if (entered === null || entered.trim() === '') return null
  const value = Number(entered)
  if (kind === 'minutes') return Math.round(value * 60)
  if (kind === 'share') return Number((value / 100).toFixed(6))
  return Math.round(value)
}
