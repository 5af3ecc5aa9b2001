// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type SignedIn, SignedInContext } from '../../src/app/session'
import { bind } from '../../src/core/keymap'
import { KeymapEditor } from '../../src/pages/rate/KeymapEditor'
import { useKeys } from '../../src/pages/rate/useKeys'
import { useShortcuts } from '../../src/ui/useShortcuts'

/** A screen whose one act is to skip, with the settings open beside it. */
function Screen({ onSkip }: { onSkip: () => void }) {
  const { choice } = useKeys()
  useShortcuts(bind(choice, { skip: onSkip }).shortcuts)
  return <KeymapEditor />
}

let person = 0

/** Each test has its own person: what one chose is no other's. */
function open(onSkip: () => void = vi.fn()) {
  person += 1
  const signedIn = { user: { id: person, username: 'mei' } } as unknown as SignedIn
  return render(
    <SignedInContext value={signedIn}>
      <Screen onSkip={onSkip} />
    </SignedInContext>,
  )
}

const keyOf = (action: string) => screen.getByLabelText(new RegExp(`^${action}:`))

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response('{}')),
  )
})
afterEach(cleanup)

describe('KeymapEditor', () => {
  it('takes the key that is pressed, and nothing else happens meanwhile', async () => {
    const skip = vi.fn()
    open(skip)
    await userEvent.click(keyOf('Skip, with a reason'))
    await userEvent.keyboard('k')
    expect(keyOf('Skip, with a reason').getAttribute('aria-label')).toContain(': K.')
    expect(skip).not.toHaveBeenCalled()
    await userEvent.keyboard('s')
    expect(skip).not.toHaveBeenCalled()
    await userEvent.keyboard('k')
    expect(skip).toHaveBeenCalledTimes(1)
  })

  it('names the action that has the key, and hands it over when told to', async () => {
    open()
    await userEvent.click(keyOf('Skip, with a reason'))
    await userEvent.keyboard('x')
    expect(screen.getByRole('alert').textContent).toContain('Flag on or off')
    expect(keyOf('Skip, with a reason').getAttribute('aria-label')).toContain(': S.')
    await userEvent.click(screen.getByText('Use it here instead'))
    expect(keyOf('Skip, with a reason').getAttribute('aria-label')).toContain(': X.')
    expect(keyOf('Flag on or off').getAttribute('aria-label')).toContain(': Off.')
  })

  it('refuses what the browser needs, and lets Escape and Tab out', async () => {
    open()
    await userEvent.click(keyOf('Question before'))
    await userEvent.keyboard('{F5}')
    expect(screen.getByRole('alert').textContent).toContain('needed by the browser')
    await userEvent.click(keyOf('Question before'))
    await userEvent.keyboard('{Escape}')
    expect(keyOf('Question before').getAttribute('aria-pressed')).toBe('false')
    await userEvent.click(keyOf('Question before'))
    await userEvent.tab()
    expect(keyOf('Question before').getAttribute('aria-label')).toContain(': ⌫.')
  })

  it('switches one off, all off, and goes back to the usual', async () => {
    const skip = vi.fn()
    open(skip)
    await userEvent.click(screen.getByLabelText('Switch off: Skip, with a reason'))
    await userEvent.keyboard('s')
    await userEvent.click(screen.getByText('Back to the usual keys'))
    await userEvent.click(screen.getByLabelText(/Use keys/))
    await userEvent.keyboard('s')
    expect(skip).not.toHaveBeenCalled()
    await userEvent.click(screen.getByLabelText(/Use keys/))
    await userEvent.keyboard('s')
    expect(skip).toHaveBeenCalledTimes(1)
  })

  it('keeps the choice in the profile, whose other preferences it leaves alone', async () => {
    open()
    await userEvent.click(keyOf('Skip, with a reason'))
    await userEvent.keyboard('k')
    await vi.waitFor(() => expect(sent('PATCH')).toHaveLength(1))
    expect(JSON.parse(sent('PATCH')[0] ?? '')).toMatchObject({
      preferences: { keys: { on: true, changes: { skip: 'k' } } },
    })
  })
})

function sent(method: string): string[] {
  const calls = vi.mocked(fetch).mock.calls
  return calls.flatMap(([, init]) => (init?.method === method ? [String(init.body)] : []))
}
