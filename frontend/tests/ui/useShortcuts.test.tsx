// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useShortcuts } from '../../src/ui/useShortcuts'

function Keys({ onFour, dialog = false }: { onFour: () => void; dialog?: boolean }) {
  useShortcuts({ '4': onFour })
  return (
    <>
      <input aria-label="text" />
      <input type="radio" aria-label="radio" />
      {dialog && (
        <dialog open>
          <button type="button">inside</button>
        </dialog>
      )}
    </>
  )
}

afterEach(cleanup)

describe('useShortcuts', () => {
  it('hears a key on the page and on a radio, not in a text field', async () => {
    const four = vi.fn()
    render(<Keys onFour={four} />)
    await userEvent.keyboard('4')
    expect(four).toHaveBeenCalledTimes(1)
    await userEvent.click(screen.getByLabelText('radio'))
    await userEvent.keyboard('4')
    expect(four).toHaveBeenCalledTimes(2)
    await userEvent.type(screen.getByLabelText('text'), '4')
    expect(four).toHaveBeenCalledTimes(2)
  })

  it('leaves the keys to an open dialog', async () => {
    const four = vi.fn()
    render(<Keys onFour={four} dialog />)
    await userEvent.keyboard('4')
    expect(four).not.toHaveBeenCalled()
  })

  it('is silent once it is gone', async () => {
    const four = vi.fn()
    render(<Keys onFour={four} />).unmount()
    await userEvent.keyboard('4')
    expect(four).not.toHaveBeenCalled()
  })
})
