/** What the page of data asks of the server: looks at files, imports, and how far they are. */

import { address, ask } from './client'
import { headOf } from './importing'
import type { components } from './schema'
import { type Heard, send } from './sending'
import type { CaptionsReport, Page } from './types'

type Schemas = components['schemas']
export type Preview = Required<Schemas['PreviewOut']>
export type What = Preview['what']

/** What an import leaves: nothing before its end. */
export type ImportResult = CaptionsReport & { kind: string; dry_run: boolean }
export type ImportJob = Required<Omit<Schemas['JobOut'], 'result' | 'problem'>> & {
  result: Partial<ImportResult>
  problem: { type?: string; title?: string }
}

const KINDS = ['import', 'ratings-import', 'files-import']

export const importsApi = {
  preview: (slug: string, file: File) => {
    const form = new FormData()
    form.append('file', headOf(file), file.name)
    return send<Preview>(address(slug, 'imports/preview'), form)
  },
  start: (slug: string, file: File, options: Record<string, string>, progress: Heard) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(options)) form.append(name, value)
    form.append('file', file)
    return send<ImportJob>(address(slug, 'imports'), form, { progress })
  },
  sources: (slug: string) =>
    ask<Schemas['SourcesOut']>('GET', `projects/${encodeURIComponent(slug)}/imports/sources`).then(
      ({ results }) => results,
    ),
  gather: (slug: string, wish: Schemas['FilesInRequest']) =>
    ask<ImportJob>('POST', `projects/${encodeURIComponent(slug)}/imports/files`, wish),
  takeUploads: (slug: string, uploads: readonly string[]) =>
    ask<ImportJob>('POST', `projects/${encodeURIComponent(slug)}/imports/uploads`, { uploads }),
  jobs: (slug: string, cursor: string | null) =>
    ask<Page<ImportJob>>('GET', `projects/${encodeURIComponent(slug)}/jobs?${asked(cursor)}`),
  cancel: (slug: string, job: number) =>
    ask<ImportJob>('POST', `projects/${encodeURIComponent(slug)}/jobs/${job}/cancel`),
  reportUrl: (slug: string, job: number, outcome = '') =>
    address(slug, `imports/${job}/report.jsonl${outcome && `?outcome=${outcome}`}`),
}

function asked(cursor: string | null): URLSearchParams {
  const query = new URLSearchParams(KINDS.map(kind => ['kind', kind]))
  if (cursor) query.set('cursor', cursor)
  return query
}
