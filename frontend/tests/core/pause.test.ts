import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makePause } from '../../src/core/pause'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ends when its time is over', async () => {
  const over = vi.fn()
  makePause().wait(2).then(over)
  await vi.advanceTimersByTimeAsync(1999)
  expect(over).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(over).toHaveBeenCalledOnce()
})

it('is cut short for all who wait, and not for those who wait later', async () => {
  const pause = makePause()
  const over = vi.fn()
  pause.wait(60).then(over)
  pause.wait(90).then(over)
  pause.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(over).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)

  pause.wait(60).then(over)
  await vi.advanceTimersByTimeAsync(59_999)
  expect(over).toHaveBeenCalledTimes(2)
})
