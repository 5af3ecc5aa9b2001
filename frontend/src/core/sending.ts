/** Sending files as forms. `fetch` cannot tell how much of one has gone; the old request can. */

import { csrfToken, refusal } from './client'
import { ApiError, UNREACHABLE } from './problem'

export type Heard = (share: number) => void

type Options = {
  progress?: Heard
  /** Whether an answer is one, although its status says no. */
  answers?: (body: unknown) => boolean
}

export function send<T>(url: string, form: FormData, options: Options = {}): Promise<T> {
  const { progress = () => {}, answers = () => false } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.responseType = 'text'
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new ApiError({ type: UNREACHABLE, title: '', status: 0 }))
    request.onload = () => {
      const body = parsed(request.responseText)
      const good = request.status >= 200 && request.status < 300
      if (good || answers(body)) resolve(body as T)
      else reject(refusal(request.status, body))
    }
    request.send(form)
  })
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
