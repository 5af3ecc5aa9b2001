/** What the pages of snapshots ask of the server. */

import { address, ask } from './client'
import type { Choices, Counts, Diff, Export, Job, SnapshotWhole, Wanted } from './snapshotsTypes'

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`
const one = (slug: string, snapshot: number, rest = '') => of(slug, `snapshots/${snapshot}${rest}`)

export const snapshotsApi = {
  choices: (slug: string) => ask<Choices>('GET', of(slug, 'snapshots/choices')),
  preview: (slug: string, wanted: Wanted) =>
    ask<Counts>('POST', of(slug, 'snapshots/preview'), wanted),
  freezeLater: (slug: string, wanted: Wanted) =>
    ask<Job>('POST', of(slug, 'snapshots'), { ...wanted, background: true }),
  job: (slug: string, job: number) => ask<Job>('GET', of(slug, `jobs/${job}`)),

  snapshot: (slug: string, snapshot: number) => ask<SnapshotWhole>('GET', one(slug, snapshot)),
  exports: (slug: string, snapshot: number) =>
    ask<{ results: Export[] }>('GET', one(slug, snapshot, '/exports')).then(all => all.results),
  make: (slug: string, snapshot: number, form: string) =>
    ask<Export | Job>('POST', one(slug, snapshot, `/exports/${form}`)),
  diff: (slug: string, snapshot: number, other: number) =>
    ask<Diff>('GET', one(slug, snapshot, `/diff/${other}`)),

  fileUrl: (slug: string, snapshot: number, rest: string) =>
    address(slug, `snapshots/${snapshot}/${rest}`),
}
