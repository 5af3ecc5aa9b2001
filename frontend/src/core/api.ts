/** What the pages ask of the server: the projects' data, runs and rating. */

import { address, at, client, found, PROJECT, page } from './client'
import type { Language } from './messages'
import type { components } from './schema'
import { type Heard, send } from './sending'
import type { Wanted } from './snapshotsTypes'
import type {
  Kind,
  Page,
  Rubric,
  Run,
  RunDetail,
  Series,
  Session,
  Snapshot,
  VideoReport,
  Wish,
} from './types'

const ofRun = (slug: string, run: number) => ({ params: { path: { slug, run } } })

export const api = {
  session: () => found(client.GET('/api/v1/session')) as Promise<Session>,
  signIn: (username: string, password: string) =>
    found(client.POST('/api/v1/session', { body: { username, password } })) as Promise<Session>,
  signOut: () => found(client.DELETE('/api/v1/session')),

  /** In the words of the language, where that version has them; null: the present version. */
  rubric: (slug: string, version: number | null, language: Language) =>
    found(
      client.GET(`${PROJECT}/rubric`, {
        params: { path: { slug }, query: { language, ...(version ? { version } : {}) } },
      }),
    ) as Promise<Rubric>,
  progress: (slug: string) => found(client.GET(`${PROJECT}/progress`, at(slug))),

  videos: (slug: string, cursor: string | null) =>
    found(client.GET(`${PROJECT}/videos`, page(slug, cursor))),
  imports: (slug: string, cursor: string | null) =>
    found(client.GET(`${PROJECT}/imports`, page(slug, cursor))),
  addVideo: (slug: string, file: File, progress: Heard) =>
    bring<VideoReport>(address(slug, 'videos'), file, progress),

  snapshots: (slug: string, cursor: string | null) =>
    found(client.GET(`${PROJECT}/snapshots`, page(slug, cursor))) as Promise<Page<Snapshot>>,
  freeze,

  runs: (slug: string, cursor: string | null, kind?: Kind) =>
    found(
      client.GET(`${PROJECT}/runs`, {
        params: {
          path: { slug },
          query: { ...(cursor ? { cursor } : {}), ...(kind ? { kind } : {}) },
        },
      }),
    ) as Promise<Page<Run>>,
  requestRun: (slug: string, wish: Wish) =>
    found(
      client.POST(`${PROJECT}/runs`, {
        ...at(slug),
        // A form may leave any option out; the schema cannot say so of those with a default.
        body: wish as components['schemas']['RunWishRequest'],
      }),
    ) as Promise<Run>,
  run: (slug: string, run: number) =>
    found(client.GET(`${PROJECT}/runs/{run}`, ofRun(slug, run))) as Promise<RunDetail>,
  metrics: (slug: string, run: number) =>
    found(client.GET(`${PROJECT}/runs/{run}/metrics`, ofRun(slug, run))) as Promise<{
      series: Series
    }>,
  cancel: (slug: string, run: number) =>
    found(client.POST(`${PROJECT}/runs/{run}/cancel`, ofRun(slug, run))),
  reproduce: (slug: string, run: number) =>
    found(client.POST(`${PROJECT}/runs/{run}/reproduce`, ofRun(slug, run))),
  eventsUrl: (slug: string, run: number) => address(slug, `runs/${run}/events`),
  selection: (slug: string, run: number, cursor: string | null) =>
    found(
      client.GET(`${PROJECT}/runs/{run}/selection`, {
        params: { path: { slug, run }, query: cursor ? { cursor } : {} },
      }),
    ),

  leaderboard: (slug: string) => found(client.GET(`${PROJECT}/leaderboard`, at(slug))),
}

/** A snapshot of what is wanted. It is not new when there is one of the same content. */
async function freeze(slug: string, wanted: Wanted): Promise<{ digest: string; isNew: boolean }> {
  const asked = client.POST(`${PROJECT}/snapshots`, {
    ...at(slug),
    body: { ...wanted, background: false },
  })
  const { digest } = (await found(asked)) as Snapshot
  return { digest, isNew: (await asked).response.status === 201 }
}

/** A refused file is an outcome with its reasons, not an error of the request. */
const isOutcome = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'outcome' in body

function bring<T>(url: string, file: File, progress: Heard): Promise<T> {
  const form = new FormData()
  form.append('file', file)
  return send<T>(url, form, { progress, answers: isOutcome })
}
