/** Waits for a job of the site's worker. */

import { ApiError } from '../../core/problem'
import { snapshotsApi } from '../../core/snapshotsApi'
import type { Job } from '../../core/snapshotsTypes'

const EVERY_MS = 1000

/** The job when it has succeeded; else an `ApiError` that says why it has not. */
export async function ended(slug: string, job: Job): Promise<Job> {
  let seen = job
  while (seen.ended_at === null) {
    await new Promise(resolve => setTimeout(resolve, EVERY_MS))
    seen = await snapshotsApi.job(slug, job.id)
  }
  if (seen.state === 'succeeded') return seen
  const { type, title } = seen.problem as { type: string | undefined; title: string | undefined }
  throw new ApiError({ type: type ?? seen.state, title: title ?? '', status: 0 })
}
