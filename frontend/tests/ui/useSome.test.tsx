// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useSome } from '../../src/ui/useSome'

afterEach(cleanup)

it('shows a hundred, and a hundred more each time, as long as there are any', () => {
  const all = Array.from({ length: 250 }, (_, at) => at)
  const { result } = renderHook(() => useSome(all))
  expect(result.current.rows).toEqual(all.slice(0, 100))
  act(() => result.current.fetchNextPage())
  expect(result.current.rows).toHaveLength(200)
  expect(result.current.hasNextPage).toBe(true)
  act(() => result.current.fetchNextPage())
  expect(result.current.rows).toEqual(all)
  expect(result.current.hasNextPage).toBe(false)
})

it('shows few at once', () => {
  const { result } = renderHook(() => useSome(['one']))
  expect(result.current).toMatchObject({ rows: ['one'], hasNextPage: false })
})
