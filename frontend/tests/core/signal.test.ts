import { expect, it, vi } from 'vitest'
import { makeSignal } from '../../src/core/signal'

it('tells all who listen, and nobody who has stopped', () => {
  const signal = makeSignal<number>()
  const [first, second] = [vi.fn(), vi.fn()]
  const stop = signal.listen(first)
  signal.listen(second)
  signal.emit(1)
  stop()
  signal.emit(2)
  expect(first.mock.calls).toEqual([[1]])
  expect(second.mock.calls).toEqual([[1], [2]])
})

it('a listener may stop while it is told', () => {
  const signal = makeSignal()
  const heard = vi.fn()
  const stop = signal.listen(() => stop())
  signal.listen(heard)
  signal.emit()
  expect(heard).toHaveBeenCalledOnce()
})
