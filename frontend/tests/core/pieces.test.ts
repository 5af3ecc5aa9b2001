import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PIECE_BYTES, sendInPieces } from '../../src/core/pieces'

// As in a browser: the package has another build for Node, which knows no files.
// @ts-expect-error: that build has no types of its own
vi.mock('tus-js-client', () => import('../../node_modules/tus-js-client/lib.esm/browser/index.js'))

const SIZE = 2 * PIECE_BYTES + 5
const PLACE = '/api/v1/projects/demo/uploads'
const bytes = new Uint8Array(SIZE).map((_, at) => at % 251)
const file = () => new File([bytes], 'clip.mp4')
/** Of its three pieces, by Python's hashlib. */
const SUMS = [
  'vfI4NxgfWAgzGADBritPfXqDlTaxDVhJFHHFDd4jgzo=',
  'tlPd1mVENNY1VABCXazfuR9Bu7hD50ywsx/7JLMNMww=',
  'pKwwBPmxGpew5k/X9qQNxT87q2Zbt2bcz+LWNLqqN/k=',
]

type Asked = { method: string; url: string; headers: Map<string, string>; body: Blob | null }
type Answer = { status: number; headers?: Record<string, string>; body?: string }

/** The server's side, as the protocol has it: it takes what comes where the upload goes on. */
class Server {
  asked: Asked[] = []
  received = 0
  /** Refusals to come, before anything is taken. */
  refusing: Answer[] = []

  answer(asked: Asked): Answer {
    this.asked.push(asked)
    const headers = { 'Upload-Offset': String(this.received), 'Upload-Length': String(SIZE) }
    if (asked.method === 'POST') return { status: 201, headers: { Location: `${PLACE}/one` } }
    if (asked.method === 'HEAD') return { status: 200, headers }
    const refused = this.refusing.shift()
    if (refused) return refused
    if (Number(asked.headers.get('Upload-Offset')) !== this.received) return { status: 409 }
    this.received += asked.body?.size ?? 0
    return { status: 204, headers: { 'Upload-Offset': String(this.received) } }
  }

  get pieces(): Asked[] {
    return this.asked.filter(({ method }) => method === 'PATCH')
  }
}

/** As much of the browser's own as the package asks for. */
function network(server: Server) {
  return class {
    upload = {}
    status = 0
    responseText = ''
    onload = () => {}
    #asked: Asked = { method: '', url: '', headers: new Map(), body: null }
    #answered: Answer = { status: 0 }

    open(method: string, url: string) {
      this.#asked = { method, url, headers: new Map(), body: null }
    }
    setRequestHeader(name: string, value: string) {
      this.#asked.headers.set(name, value)
    }
    getResponseHeader(name: string) {
      return this.#answered.headers?.[name] ?? null
    }
    send(body: Blob | null) {
      this.#answered = server.answer({ ...this.#asked, body })
      this.status = this.#answered.status
      this.responseText = this.#answered.body ?? ''
      queueMicrotask(() => this.onload())
    }
  }
}

let server: Server

beforeEach(() => {
  server = new Server()
  vi.stubGlobal('XMLHttpRequest', network(server))
  vi.stubGlobal('document', { cookie: 'csrftoken=secret' })
  vi.stubGlobal('location', new URL('http://crest.test/'))
})
afterEach(() => vi.unstubAllGlobals())

describe('a large file', () => {
  it('goes in pieces, each with what it is to be held against', async () => {
    expect(await sendInPieces('demo', file(), () => {})).toBe('one')

    expect(server.pieces.map(({ body }) => body?.size)).toEqual([PIECE_BYTES, PIECE_BYTES, 5])
    const told = server.pieces.map(({ headers }) => headers.get('Upload-Checksum'))
    expect(told).toEqual(SUMS.map(sum => `sha256 ${sum}`))
    expect(server.asked.every(({ headers }) => headers.get('X-CSRFToken') === 'secret')).toBe(true)
    expect(server.asked[0]?.headers.has('Upload-Checksum')).toBe(false)
  })

  it('sends a piece again that came damaged', async () => {
    server.refusing = [{ status: 460, body: '{"type": "wrong-sum"}' }]

    expect(await sendInPieces('demo', file(), () => {})).toBe('one')

    const offsets = server.pieces.map(({ headers }) => headers.get('Upload-Offset'))
    expect(offsets).toEqual(['0', '0', String(PIECE_BYTES), String(2 * PIECE_BYTES)])
    expect(server.received).toBe(SIZE)
  })

  it('goes on after the server was away', async () => {
    server.refusing = [{ status: 503 }]
    expect(await sendInPieces('demo', file(), () => {})).toBe('one')
    expect(server.received).toBe(SIZE)
  })

  it('goes without where the browser computes no sums', async () => {
    vi.stubGlobal('crypto', {})
    expect(await sendInPieces('demo', file(), () => {})).toBe('one')
    expect(server.pieces.some(({ headers }) => headers.has('Upload-Checksum'))).toBe(false)
  })

  it("ends with the server's own words where it is not wanted", async () => {
    server.refusing = [{ status: 413, body: '{"type": "over-quota", "title": "Too much."}' }]
    await expect(sendInPieces('demo', file(), () => {})).rejects.toMatchObject({
      problem: { type: 'over-quota', status: 413 },
    })
    expect(server.pieces).toHaveLength(1)
  })
})
