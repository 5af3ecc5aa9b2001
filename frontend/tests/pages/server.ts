/** A server with set answers, and a browser that has dialogs: what tests of pages begin with. */

import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'

export type Answer = [status: number, body: unknown]

/** By method and address, such as `GET members`; anything else is not there. */
export const answers: Record<string, Answer> = {}
export const asked = vi.fn<(what: string, body: unknown) => void>()

/** Before each test the server has these answers. Addresses are below `root`. */
export function serve(first: () => Record<string, Answer>, root = '/api/v1/projects/demo/'): void {
  beforeEach(() => {
    Object.assign(answers, first())
    vi.stubGlobal('fetch', vi.fn(answering(root)))
    // jsdom has no dialogs of its own.
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true
    }
    HTMLDialogElement.prototype.close = function close() {
      this.open = false
    }
  })
  afterEach(() => {
    cleanup()
    asked.mockClear()
    vi.unstubAllGlobals()
    for (const what of Object.keys(answers)) delete answers[what]
  })
}

const answering =
  (root: string) =>
  async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const what = `${init.method ?? 'GET'} ${String(input).replace(root, '')}`
    asked(what, init.body ? JSON.parse(String(init.body)) : undefined)
    const [status, body] = answers[what] ?? [404, { type: 'not-found', title: 'Nothing here.' }]
    return new Response(status === 204 ? null : JSON.stringify(body), { status })
  }
