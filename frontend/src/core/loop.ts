/** The loop in words and boxes: what comes next, and the policy as its form shows it. */

import { count, dateTime, decimal } from './format'
import type { Policy, PolicyChange, Step } from './loopTypes'
import { t } from './messages'

/** What the loop does next and why, in a sentence or several. */
export function nextSentence({ why, facts }: Step): string {
  switch (why) {
    case 'off':
      return t('loop.next.off')
    case 'busy':
      return t('loop.next.busy', { run: String(facts.run) })
    case 'stopped':
      return t('loop.next.stopped', { run: String(facts.run) })
    case 'quiet':
      return t('loop.next.quiet', { at: dateTime(String(facts.until)) })
    case 'budget':
      return t('loop.next.budget', { hours: decimal(Number(facts.hours), 1) })
    case 'nothing-new':
      return t('loop.next.nothingNew')
    case 'promoted':
      return t('loop.next.promoted', { run: String(facts.run) })
    case 'not-yet':
      return awaited(facts).join(' ') || t('loop.next.nothingAsked')
    default:
      return t('loop.next.retrains')
  }
}

function awaited(facts: Step['facts']): string[] {
  const said = []
  if (typeof facts.ratings === 'number') said.push(t('loop.next.ratings', { n: facts.ratings }))
  if (typeof facts.at === 'string') said.push(t('loop.next.at', { at: dateTime(facts.at) }))
  if (typeof facts.least_gain === 'number')
    said.push(
      t('loop.next.gain', {
        gain: typeof facts.gain === 'number' ? signed(facts.gain) : t('loop.next.gain.unknown'),
        least: signed(facts.least_gain),
      }),
    )
  return said
}

/** A difference, with its sign and in three places: scorers differ in the second or third. */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${decimal(Math.abs(value), 3)}`

/** The boxes with a number, and what they take. */
export const LIMITS = {
  after_ratings: { step: 1, min: 1 },
  every_hours: { step: 1, min: 1 },
  least_gain: { step: 'any', min: 0.000001 },
  weekly_hours: { step: 'any', min: 0 },
} as const satisfies Partial<Record<keyof Policy, { step: number | 'any'; min: number }>>
export const RULES: readonly Policy['rule'][] = ['better', 'not-worse', 'by-hand']
export const GOES_ON: readonly Policy['goes_on_until'][] = [
  '',
  'score',
  'select',
  'finetune',
  'evaluate',
]

/** All that the form holds; an empty box asks for nothing. */
export function policyFrom(written: (name: string) => string | null): PolicyChange {
  const text = (name: string) => (written(name) ?? '').trim()
  const number = (name: string) => (text(name) === '' ? null : Number(text(name)))
  const quiet = (name: string) => text(name) || null
  return {
    enabled: written('enabled') !== null,
    after_ratings: number('after_ratings'),
    every_hours: number('every_hours'),
    least_gain: number('least_gain'),
    weekly_hours: number('weekly_hours'),
    rule: text('rule') as Policy['rule'],
    goes_on_until: text('goes_on_until') as Policy['goes_on_until'],
    quiet_from: quiet('quiet_from'),
    quiet_until: quiet('quiet_until'),
    ...(text('zone') ? { zone: text('zone') } : {}),
  }
}

/** What a policy asks for, one thing a line. */
export function policyLines(policy: Policy): string[] {
  const lines = []
  if (policy.after_ratings !== null)
    lines.push(t('loop.policy.says.ratings', { n: policy.after_ratings }))
  if (policy.every_hours !== null)
    lines.push(t('loop.policy.says.hours', { n: policy.every_hours }))
  if (policy.least_gain !== null)
    lines.push(t('loop.policy.says.gain', { gain: signed(policy.least_gain) }))
  if (policy.quiet_from !== null && policy.quiet_until !== null)
    lines.push(
      t('loop.policy.says.quiet', {
        from: policy.quiet_from.slice(0, 5),
        until: policy.quiet_until.slice(0, 5),
        zone: policy.zone,
      }),
    )
  if (policy.weekly_hours !== null)
    lines.push(t('loop.policy.says.budget', { hours: count(policy.weekly_hours) }))
  return lines
}
