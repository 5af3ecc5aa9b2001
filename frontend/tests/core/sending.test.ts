import { afterEach, expect, it, vi } from 'vitest'
import { signedOut } from '../../src/core/client'
import { ApiError } from '../../src/core/problem'
import { parsed, send } from '../../src/core/sending'

afterEach(() => vi.unstubAllGlobals())

type Answer = { status: number; body: string } | 'away'

/** The browser's old request, and what it was asked. */
function network(answer: Answer) {
  const asked = { method: '', url: '', headers: {} as Record<string, string> }
  class Request {
    upload = { onprogress: (_: { loaded: number; total: number }) => {} }
    status = 0
    responseText = ''
    onload = () => {}
    onerror = () => {}
    open(method: string, url: string) {
      Object.assign(asked, { method, url })
    }
    setRequestHeader(name: string, value: string) {
      asked.headers[name] = value
    }
    send() {
      this.upload.onprogress({ loaded: 1, total: 4 })
      this.upload.onprogress({ loaded: 0, total: 0 })
      if (answer === 'away') return this.onerror()
      this.status = answer.status
      this.responseText = answer.body
      return this.onload()
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request)
  vi.stubGlobal('document', { cookie: 'a=b; csrftoken=secret' })
  return asked
}

it('sends a form, proves who asks, and tells how much of it has gone', async () => {
  const asked = network({ status: 201, body: '{"id": 3}' })
  const shares: number[] = []
  const progress = (share: number) => void shares.push(share)
  expect(await send('/api/v1/x', new FormData(), { progress })).toEqual({ id: 3 })
  expect(asked).toEqual({
    method: 'POST',
    url: '/api/v1/x',
    headers: { 'X-CSRFToken': 'secret' },
  })
  expect(shares).toEqual([0.25, 0])
})

it('fails with what the server says, or that it is away', async () => {
  network({ status: 413, body: '{"type": "too-large", "title": "Too large."}' })
  await expect(send('/x', new FormData())).rejects.toMatchObject({
    problem: { type: 'too-large', status: 413 },
  })
  network({ status: 502, body: '<html>' })
  await expect(send('/x', new FormData())).rejects.toMatchObject({ status: 502 })
  network('away')
  await expect(send('/x', new FormData())).rejects.toBeInstanceOf(ApiError)
})

it('takes a report for an answer, although its status says no', async () => {
  network({ status: 422, body: '{"outcome": "refused"}' })
  const answers = (body: unknown) => (body as { outcome?: string }).outcome !== undefined
  expect(await send('/x', new FormData(), { answers })).toEqual({ outcome: 'refused' })
})

it('says so when nobody is signed in any more', async () => {
  const heard = vi.fn()
  const stop = signedOut.listen(heard)
  network({ status: 401, body: '{}' })
  await expect(send('/x', new FormData())).rejects.toMatchObject({ status: 401 })
  expect(heard).toHaveBeenCalledOnce()
  stop()
})

it('reads JSON, and nothing else', () => {
  expect([parsed('{"a": 1}'), parsed('<html>'), parsed('')]).toEqual([{ a: 1 }, null, null])
})
