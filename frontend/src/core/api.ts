/** Every request that the page makes. */

import { ApiError, problemFrom, UNREACHABLE } from './problem'
import { makeSignal } from './signal'
import type {
  CaptionsReport,
  Claim,
  Import,
  Kind,
  Leaderboard,
  Page,
  Progress,
  Project,
  Protocol,
  Rubric,
  Run,
  RunDetail,
  Selected,
  Series,
  Session,
  SkipReason,
  Snapshot,
  Submission,
  Submitted,
  Video,
  VideoReport,
} from './types'

/** The server no longer knows who we are. */
export const signedOut = makeSignal()

const BASE = '/api/v1'

type Ask = { method?: string; body?: unknown; query?: Record<string, string | null | undefined> }

async function ask<T>(path: string, { method = 'GET', body, query }: Ask = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET') headers['X-CSRFToken'] = csrfToken()
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const response = await reach(`${BASE}/${path}${queryString(query)}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await understood(response)) as T
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...request })
  } catch {
    throw new ApiError({ type: UNREACHABLE, title: '', status: 0 })
  }
}

async function understood(response: Response): Promise<unknown> {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) return body
  if (response.status === 401) signedOut.emit()
  throw new ApiError(problemFrom(response.status, body))
}

function queryString(query: Ask['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  )
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? ''
}

const POST = (body?: unknown): Ask => ({ method: 'POST', ...(body === undefined ? {} : { body }) })

export const api = {
  session: () => ask<Session>('session'),
  signIn: (username: string, password: string) =>
    ask<Session>('session', POST({ username, password })),
  signOut: () => ask<null>('session', { method: 'DELETE' }),
  projects: () => ask<Project[]>('projects'),

  rubric: (slug: string) => ask<Rubric>(`projects/${slug}/rubric`),
  protocol: (slug: string) => ask<Protocol>(`projects/${slug}/protocol`),
  progress: (slug: string) => ask<Progress>(`projects/${slug}/progress`),
  claim: (slug: string) => ask<Claim>(`projects/${slug}/slots`, POST({})),
  submit: (slug: string, slot: number, submission: Submission) =>
    ask<Submitted>(`projects/${slug}/slots/${slot}/submission`, POST(submission)),
  heartbeat: (slug: string, slot: number) =>
    ask<{ lease_until: string }>(`projects/${slug}/slots/${slot}/heartbeat`, POST()),
  skip: (slug: string, slot: number, reason: SkipReason) =>
    ask<null>(`projects/${slug}/slots/${slot}/skip`, POST({ reason })),

  videos: (slug: string, cursor: string | null) =>
    ask<Page<Video>>(`projects/${slug}/videos`, { query: { cursor } }),
  imports: (slug: string, cursor: string | null) =>
    ask<Page<Import>>(`projects/${slug}/imports`, { query: { cursor } }),
  addVideo: (slug: string, file: File, progress: (share: number) => void) =>
    upload<VideoReport>(`projects/${slug}/videos`, file, progress),
  addCaptions: (slug: string, file: File, progress: (share: number) => void) =>
    upload<CaptionsReport>(`projects/${slug}/captions`, file, progress),

  snapshots: (slug: string, cursor: string | null) =>
    ask<Page<Snapshot>>(`projects/${slug}/snapshots`, { query: { cursor } }),
  freeze: (slug: string) => ask<Snapshot>(`projects/${slug}/snapshots`, POST({})),
  exportUrl: (slug: string, snapshot: number, file: string) =>
    `${BASE}/projects/${slug}/snapshots/${snapshot}/${file}`,

  runs: (slug: string, cursor: string | null, kind?: Kind) =>
    ask<Page<Run>>(`projects/${slug}/runs`, { query: { cursor, kind } }),
  requestRun: (slug: string, wish: { kind: Kind; options?: Record<string, unknown> }) =>
    ask<Run>(`projects/${slug}/runs`, POST(wish)),
  run: (slug: string, run: number) => ask<RunDetail>(`projects/${slug}/runs/${run}`),
  metrics: (slug: string, run: number) =>
    ask<{ series: Series }>(`projects/${slug}/runs/${run}/metrics`),
  cancel: (slug: string, run: number) => ask<Run>(`projects/${slug}/runs/${run}/cancel`, POST()),
  eventsUrl: (slug: string, run: number) => `${BASE}/projects/${slug}/runs/${run}/events`,
  selection: (slug: string, run: number, cursor: string | null) =>
    ask<Page<Selected>>(`projects/${slug}/runs/${run}/selection`, { query: { cursor } }),

  leaderboard: (slug: string) => ask<Leaderboard>(`projects/${slug}/leaderboard`),
}

/** Send a file. `fetch` cannot tell how much of it has gone; the old request can. */
function upload<T>(path: string, file: File, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/${path}`)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.responseType = 'text'
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new ApiError({ type: UNREACHABLE, title: '', status: 0 }))
    request.onload = () => {
      const body = parsed(request.responseText)
      // A refused file is an outcome with its reasons, not an error of the request.
      if (isOutcome(body)) return resolve(body as T)
      if (request.status === 401) signedOut.emit()
      return reject(new ApiError(problemFrom(request.status, body)))
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isOutcome = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'outcome' in body
