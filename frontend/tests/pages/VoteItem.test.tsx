// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PlaceContext, type SignedIn, SignedInContext } from '../../src/app/session'
import { emptyDraft } from '../../src/core/draft'
import type { Entry } from '../../src/core/outbox'
import type { Pair } from '../../src/core/ratingTypes'
import { VoteItem } from '../../src/pages/vote/VoteItem'

const PAIR = {
  slot: 7,
  purpose: 'vote',
  lease_seconds: 600,
  caption: { id: 0, kind: 'detailed', text: 'A red ball falls.' },
  rival: { id: 0, kind: 'detailed', text: 'A blue ball falls.' },
  video: {
    sha256: 'f'.repeat(64),
    seconds: 4,
    width: 64,
    height: 48,
    video_url: '',
    poster_url: '',
  },
  protocol: { watch_share: 0.9, auto_advance: true },
} as unknown as Pair
const SEEN = { ...emptyDraft('made-once'), coverage: [[0, 4]] as [number, number][] }

const add = vi.fn<(entry: Entry) => Promise<{ outcome: Promise<unknown> }>>()
const done = vi.fn()

function open({ draft = SEEN, autoAdvance = true } = {}) {
  const status = { state: 'empty' }
  const outbox = { add, status, changed: { listen: () => () => undefined } }
  const database = Promise.resolve({
    putDraft: async () => undefined,
    dropDraft: async () => undefined,
  })
  const signedIn = { user: { id: 1, username: 'mei' }, outbox, database } as unknown as SignedIn
  const pair = { ...PAIR, protocol: { ...PAIR.protocol, auto_advance: autoAdvance } }
  render(
    <SignedInContext value={signedIn}>
      <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: ['annotator'] }}>
        <VoteItem pair={pair} draft={draft} onDone={done} onRenewed={() => undefined} />
      </PlaceContext>
    </SignedInContext>,
  )
}

const press = (key: string) => fireEvent.keyDown(document.body, { key })
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const sent = () => add.mock.calls.map(([entry]) => entry.body)
const radio = (name: RegExp) => screen.getByRole('radio', { name }) as HTMLInputElement

beforeEach(() => {
  vi.useFakeTimers()
  add.mockReset().mockResolvedValue({ outcome: new Promise(() => undefined) })
  done.mockReset()
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  HTMLMediaElement.prototype.load = () => undefined
  HTMLMediaElement.prototype.pause = () => undefined
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

describe('a vote', () => {
  it('shows two texts under letters, nothing chosen, and is silent about whose they are', () => {
    open()
    expect(screen.getByRole('region', { name: 'Caption A' }).textContent).toContain('red')
    expect(screen.getByRole('region', { name: 'Caption B' }).textContent).toContain('blue')
    const radios = screen.getAllByRole('radio') as HTMLInputElement[]
    expect(radios.map(({ checked }) => checked)).toEqual([false, false, false, false])
  })

  it.each([
    ['a', 'first'],
    ['1', 'first'],
    ['b', 'second'],
    ['2', 'second'],
    ['t', 'tie'],
    ['n', 'both-bad'],
  ])('sends itself after the key %s and a pause, under the key made once', async (key, choice) => {
    open()
    press(key)
    await wait(240)
    expect(add).not.toHaveBeenCalled()
    await wait(20)
    expect(sent()).toEqual([expect.objectContaining({ client_key: 'made-once', choice })])
    expect(done).toHaveBeenCalledTimes(1)
    await wait(1000)
    expect(add).toHaveBeenCalledTimes(1)
  })

  it('is taken back within the pause', async () => {
    open()
    press('a')
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
      'A is better. ⌫ takes it back.',
    )
    press('Backspace')
    await wait(1000)
    expect(add).not.toHaveBeenCalled()
    expect(radio(/A is better/).checked).toBe(false)
  })

  it('sends the last of two quick choices, and says that there was another', async () => {
    open()
    press('a')
    await wait(200)
    press('b')
    await wait(200)
    expect(add).not.toHaveBeenCalled()
    await wait(60)
    expect(sent()).toEqual([
      expect.objectContaining({
        choice: 'second',
        evidence: expect.objectContaining({ changes: 1 }),
      }),
    ])
  })

  it('waits for Enter where the project does not move on by itself', async () => {
    open({ autoAdvance: false })
    press('t')
    await wait(1000)
    expect(add).not.toHaveBeenCalled()
    press('Enter')
    await wait(0)
    expect(sent()).toEqual([expect.objectContaining({ choice: 'tie' })])
  })

  it('is not sent while arrow keys pass over the answers', async () => {
    open()
    fireEvent.click(radio(/B is better/), { detail: 0 })
    await wait(1000)
    expect(radio(/B is better/).checked).toBe(true)
    expect(add).not.toHaveBeenCalled()
  })

  it('gives whoever points more time, and takes it back at a second press', async () => {
    open()
    fireEvent.click(radio(/B is better/), { detail: 1 })
    await wait(1400)
    fireEvent.click(radio(/B is better/), { detail: 1 })
    await wait(2000)
    expect(add).not.toHaveBeenCalled()
    fireEvent.click(radio(/Both bad/), { detail: 1 })
    await wait(1600)
    expect(sent()).toEqual([expect.objectContaining({ choice: 'both-bad' })])
  })

  it('asks for more of the video to be watched, and keeps the choice', async () => {
    open({ draft: { ...SEEN, coverage: [[0, 1]] } })
    press('a')
    press('Enter')
    await wait(1000)
    expect(add).not.toHaveBeenCalled()
    expect(radio(/A is better/).checked).toBe(true)
    expect(screen.getByText(/Watch/)).toBeTruthy()
  })
})
