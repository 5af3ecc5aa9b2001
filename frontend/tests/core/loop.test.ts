import { describe, expect, it } from 'vitest'
import { nextSentence, policyFrom, policyLines, signed } from '../../src/core/loop'
import type { Policy } from '../../src/core/loopTypes'

const next = (why: string, facts = {}) =>
  nextSentence({ action: 'wait', why, facts } as Parameters<typeof nextSentence>[0])

describe('what comes next', () => {
  it('says all that the policy waits for', () => {
    const facts = { ratings: 40, at: '2026-09-02T02:00:00Z', gain: 0.0124, least_gain: 0.05 }
    const said = next('not-yet', facts)
    expect(said).toContain('after 40 more ratings')
    expect(said).toContain('Retrains at ')
    expect(said).toContain('once +0.050 SRCC is to be expected; so far it is +0.012')
  })

  it('says that nothing was asked for, and that a gain is unknown', () => {
    expect(next('not-yet')).toBe('The policy names no reason to retrain.')
    expect(next('not-yet', { gain: null, least_gain: 0.1 })).toContain('so far it is unknown')
  })

  it.each(['ratings', 'pays', 'due'])('retrains for whatever reason: %s', why => {
    expect(next(why)).toContain('Retrains at the next look')
  })

  it('names the run that stands in the way', () => {
    expect(next('busy', { run: 7 })).toContain('#7')
    expect(next('stopped', { run: 8 })).toContain('#8')
    expect(next('promoted', { run: 1234 })).toContain('#1234')
  })
})

it('writes differences with their sign', () => {
  expect([signed(0.0124), signed(-0.5), signed(0)]).toEqual(['+0.012', '−0.500', '+0.000'])
})

describe('the policy', () => {
  it('reads an empty box as nothing asked for, and an unticked one as off', () => {
    const boxes: Record<string, string> = {
      after_ratings: '200',
      every_hours: ' ',
      rule: 'not-worse',
      goes_on_until: '',
      quiet_from: '22:00',
      quiet_until: '',
      zone: 'Europe/Berlin',
    }
    expect(policyFrom(name => boxes[name] ?? null)).toEqual({
      enabled: false,
      after_ratings: 200,
      every_hours: null,
      least_gain: null,
      weekly_hours: null,
      rule: 'not-worse',
      goes_on_until: '',
      quiet_from: '22:00',
      quiet_until: null,
      zone: 'Europe/Berlin',
    })
    expect(policyFrom(name => (name === 'enabled' ? 'on' : null)).enabled).toBe(true)
  })

  it('is told a thing a line', () => {
    const policy = {
      after_ratings: 1,
      every_hours: 24,
      least_gain: 0.01,
      quiet_from: '22:00:00',
      quiet_until: '06:00:00',
      zone: 'UTC',
      weekly_hours: 40,
    } as Policy
    expect(policyLines(policy)).toEqual([
      'Retrain after each new rating',
      'Retrain every 24 hours, if anything is new',
      'Retrain when +0.010 SRCC is to be expected',
      'Quiet from 22:00 to 06:00 (UTC)',
      'At most 40 hours on GPUs in seven days',
    ])
  })
})
