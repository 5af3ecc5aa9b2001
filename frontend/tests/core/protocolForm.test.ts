import { expect, it } from 'vitest'
import { changes, PROTOCOL, shown } from '../../src/core/protocolForm'
import type { Protocol } from '../../src/core/qualityTypes'

const PROTOCOL_NOW: Protocol = {
  overlap: 3,
  auto_advance: true,
  random_order: false,
  watch_share: 0.9,
  lease_seconds: 600,
  random_share: 0.07,
  check_share: 0.1,
  repeat_share: 0.02,
  practice_required: false,
  pass_share: 0.75,
  break_minutes: 25,
  rubric_version: 1,
}
const fields = PROTOCOL.flatMap(group => group.fields)

/** The form as it is when nothing was touched, and then with some fields changed. */
function form(changed: Record<string, string | null>) {
  const untouched = Object.fromEntries(
    fields.map(field => {
      const value = shown(field, PROTOCOL_NOW)
      return [field.name, typeof value === 'boolean' ? (value ? 'on' : null) : String(value)]
    }),
  )
  const all = { ...untouched, ...changed } as Record<string, string | null>
  return (name: string) => all[name] ?? null
}

it('shows shares in per cent and leases in minutes', () => {
  const values = Object.fromEntries(fields.map(field => [field.name, shown(field, PROTOCOL_NOW)]))
  expect(values).toMatchObject({ watch_share: 90, random_share: 7, lease_seconds: 10 })
})

it('sends nothing of what was not changed', () => {
  expect(changes(form({}), PROTOCOL_NOW)).toEqual({})
})

it('sends what was changed in the terms of the server', () => {
  const touched = { check_share: '12.5', lease_seconds: '1.5', practice_required: 'on' }
  expect(
    changes(form({ ...touched, auto_advance: null, break_minutes: '0' }), PROTOCOL_NOW),
  ).toEqual({
    check_share: 0.125,
    lease_seconds: 90,
    practice_required: true,
    auto_advance: false,
    break_minutes: 0,
  })
})

it('leaves alone what was emptied', () => {
  expect(changes(form({ pass_share: ' ' }), PROTOCOL_NOW)).toEqual({})
})
