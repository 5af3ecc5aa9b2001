/** Large files, sent in pieces: a broken connection, or a closed page, costs one piece at most. */

import type { HttpRequest } from 'tus-js-client'
import { address, csrfToken, refusal } from './client'
import { ApiError, UNREACHABLE } from './problem'
import { type Heard, parsed } from './sending'

/** From here on a file goes in pieces. Smaller ones are answered for at once. */
export const LARGE_BYTES = 32 << 20
export const PIECE_BYTES = 8 << 20
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000]
/** Refusals that pass: the server stands elsewhere, is busy with the file, or got a damaged piece. */
const PASSING = [409, 423, 460]

/** Send the file, or what is left of it from before; its id at the server when all of it is there. */
export async function sendInPieces(slug: string, file: File, progress: Heard): Promise<string> {
  const { Upload } = await import('tus-js-client')
  const done = new Promise<string>((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: address(slug, 'uploads'),
      chunkSize: PIECE_BYTES,
      retryDelays: RETRY_MS,
      metadata: { filename: file.name },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: request => label(request, file),
      onShouldRetry: error => passes(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent, total) => progress(total ? sent / total : 0),
      onSuccess: () => resolve(upload.url?.split('/').pop() ?? ''),
      onError: error => reject(asProblem(error)),
    })
    upload.findPreviousUploads().then(([before]) => {
      if (before) upload.resumeFromPreviousUpload(before)
      upload.start()
    }, reject)
  })
  return done
}

const passes = (status: number) => status < 400 || status >= 500 || PASSING.includes(status)

/** Say who sends, and with a piece what the server is to hold it against. */
async function label(request: HttpRequest, file: File): Promise<void> {
  request.setHeader('X-CSRFToken', csrfToken())
  if (request.getMethod() !== 'PATCH') return
  const start = Number(request.getHeader('Upload-Offset'))
  const sum = await checksum(file.slice(start, start + PIECE_BYTES))
  if (sum) request.setHeader('Upload-Checksum', sum)
}

/** As tus writes it; null where the browser computes none, which is where the page is not secure. */
async function checksum(piece: Blob): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', await piece.arrayBuffer())
  return `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}

/** The server's own words, where it said no. */
function asProblem(error: unknown): ApiError {
  const answer = (error as { originalResponse?: { getStatus(): number; getBody(): string } | null })
    .originalResponse
  if (!answer) return new ApiError({ type: UNREACHABLE, title: '', status: 0 })
  return refusal(answer.getStatus(), parsed(answer.getBody()))
}
