/** What went wrong with a request, as the API says it (RFC 9457) or as the network does. */

export type Problem = {
  type: string
  title: string
  status: number
  errors?: unknown
  [fact: string]: unknown
}

/** No answer at all: the network or the server is away. */
export const UNREACHABLE = 'unreachable'

export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return { type: 'bug', title: error instanceof Error ? error.message : String(error), status: 0 }
}

/** The body of a refusal. A proxy in front may answer with something else than a problem. */
export function problemFrom(status: number, body: unknown): Problem {
  const said = typeof body === 'object' && body !== null ? body : {}
  return { type: 'error', title: '', ...said, status }
}

/** Whether the same request can succeed later, unchanged. */
export const isPassing = ({ type, status }: Problem): boolean =>
  type === UNREACHABLE || status >= 500 || status === 408 || status === 429

/** The messages for each field of a form, however deep the API has nested them. */
export function fieldErrors(errors: unknown, prefix = ''): Record<string, string> {
  if (Array.isArray(errors)) return { [prefix]: errors.map(String).join(' ') }
  if (typeof errors !== 'object' || errors === null) return {}
  const named = Object.entries(errors).map(([name, value]) =>
    fieldErrors(value, prefix ? `${prefix}.${name}` : name),
  )
  return Object.assign({}, ...named)
}
