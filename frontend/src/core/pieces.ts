/** Large files, sent in pieces: a broken connection, or a closed page, costs one piece at most. */

import { address, csrfToken, refusal } from './client'
import { ApiError, UNREACHABLE } from './problem'
import { type Heard, parsed } from './sending'

/** From here on a file goes in pieces. Smaller ones are answered for at once. */
export const LARGE_BYTES = 32 << 20
const PIECE_BYTES = 8 << 20
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000]

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
      onBeforeRequest: request => request.setHeader('X-CSRFToken', csrfToken()),
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

/** The server's own words, where it said no. */
function asProblem(error: unknown): ApiError {
  const answer = (error as { originalResponse?: { getStatus(): number; getBody(): string } | null })
    .originalResponse
  if (!answer) return new ApiError({ type: UNREACHABLE, title: '', status: 0 })
  return refusal(answer.getStatus(), parsed(answer.getBody()))
}
