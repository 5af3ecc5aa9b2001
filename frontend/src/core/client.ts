/** How every request is made. The schema holds addresses and shapes together. */

import createClient from 'openapi-fetch'
import { ApiError, problemFrom, UNREACHABLE } from './problem'
import type { paths } from './schema'
import { makeSignal } from './signal'
import { heardAt } from './skew'

/** The server no longer knows who we are. */
export const signedOut = makeSignal()

export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  fetch: request => globalThis.fetch(request),
})
client.use({
  onRequest: ({ request }) => {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken())
    return request
  },
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** What was asked for, or an `ApiError`. */
export async function found<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked.catch(() => {
    throw new ApiError({ type: UNREACHABLE, title: '', status: 0 })
  })
  if (response.ok) return data as T
  throw refusal(response.status, error)
}

export function refusal(status: number, body: unknown): ApiError {
  if (status === 401) signedOut.emit()
  return new ApiError(problemFrom(status, body))
}

export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? ''
}

export const PROJECT = '/api/v1/projects/{slug}' as const
export const at = (slug: string) => ({ params: { path: { slug } } })
export const page = (slug: string, cursor: string | null) => ({
  params: { path: { slug }, query: cursor ? { cursor } : {} },
})
export const address = (slug: string, rest: string) =>
  `/api/v1/projects/${encodeURIComponent(slug)}/${rest}`

/** What stands behind an address; what is empty is not asked for. */
export function query(values: Record<string, string | null>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Ask by an address below `/api/v1/`; the caller says what shape the answer has. */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'X-CSRFToken': csrfToken() }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await globalThis.fetch(`/api/v1/${path}`, request).catch(() => {
    throw new ApiError({ type: UNREACHABLE, title: '', status: 0 })
  })
  // A copy that the browser kept would tell the time at which it was made.
  if (method !== 'GET') heardAt(response, Date.now())
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  throw refusal(response.status, answer)
}
