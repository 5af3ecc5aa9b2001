import { describe, expect, it } from 'vitest'
import {
  later,
  loadSitting,
  needsBreak,
  oneMore,
  type Sitting,
  saveSitting,
  sitDown,
  tick,
} from '../../src/core/sitting'
import { memoryStore } from './fakes'

const MINUTE = 60_000

/** A look each second, from `from` for so many seconds. */
function work(sitting: Sitting, seconds: number, present = true): Sitting {
  let now = sitting
  const from = sitting.at
  for (let second = 1; second <= seconds; second += 1)
    now = tick(now, { at: from + second * 1000, present })
  return now
}

describe('the sitting', () => {
  it('counts the seconds in which somebody is there', () => {
    expect(work(sitDown(0), 90).active).toBe(90)
    expect(work(sitDown(0), 90, false).active).toBe(0)
  })

  it('does not count a gap: the page slept, or nobody was there', () => {
    const back = tick(work(sitDown(0), 60), { at: 4 * MINUTE, present: true })
    expect(back).toMatchObject({ active: 60, sinceBreak: 60 })
  })

  it('takes five minutes away for a break', () => {
    const back = tick(work(sitDown(0), 60), { at: 6 * MINUTE, present: true })
    expect(back).toMatchObject({ active: 60, sinceBreak: 0 })
  })

  it('begins anew after an hour', () => {
    const tired = oneMore(work(sitDown(0), 60))
    expect(tick(tired, { at: 62 * MINUTE, present: true })).toEqual(sitDown(62 * MINUTE))
  })

  it('asks for a break once, and again after as much work', () => {
    const tired = work(sitDown(0), 25 * 60)
    expect(needsBreak(tired, 25)).toBe(true)
    expect(needsBreak(tired, 0)).toBe(false)
    expect(needsBreak(later(tired), 25)).toBe(false)
    expect(needsBreak(work(later(tired), 25 * 60), 25)).toBe(true)
  })

  it('goes on after a reload, unless that was long ago', () => {
    const store = memoryStore()
    const before = oneMore(work(sitDown(0), 60))
    saveSitting(store, before)
    expect(loadSitting(store, 2 * MINUTE)).toEqual(before)
    expect(loadSitting(store, 90 * MINUTE)).toEqual(sitDown(90 * MINUTE))
  })
})
