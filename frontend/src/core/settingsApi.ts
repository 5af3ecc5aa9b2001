/** What the pages about projects, organisations and rubrics ask of the server. */

import { ask, query } from './client'
import type {
  Bridge,
  BridgeWithShifts,
  NewProject,
  NewVersion,
  Owned,
  PersonOf,
  Project,
  ProjectChange,
  Shown,
  Version,
  VersionWithTexts,
} from './settingsTypes'
import type { Page } from './types'

const project = (slug: string, rest = '') => `projects/${encodeURIComponent(slug)}${rest}`
const organisation = (slug: string, rest: string) =>
  `organisations/${encodeURIComponent(slug)}/${rest}`

export const settingsApi = {
  projects: (search: string, archived: Shown, cursor: string | null) =>
    ask<Page<Project>>('GET', `projects${query({ search, archived, cursor })}`),
  project: (slug: string) => ask<Project>('GET', project(slug)),
  createProject: (of: string, wanted: NewProject) =>
    ask<Project>('POST', organisation(of, 'projects'), wanted),
  changeProject: (slug: string, change: ProjectChange) =>
    ask<Project>('PATCH', project(slug), change),
  archive: (slug: string) => ask<Project>('POST', project(slug, '/archive')),
  unarchive: (slug: string) => ask<Project>('DELETE', project(slug, '/archive')),

  owned: (of: string, cursor: string | null) =>
    ask<Page<Owned>>('GET', organisation(of, `projects${query({ cursor })}`)),
  people: (of: string, cursor: string | null) =>
    ask<Page<PersonOf>>('GET', organisation(of, `people${query({ cursor })}`)),
  changePerson: (of: string, person: number, owner: boolean) =>
    ask<PersonOf>('PATCH', organisation(of, `people/${person}`), { owner }),
  removePerson: (of: string, person: number) =>
    ask<null>('DELETE', organisation(of, `people/${person}`)),

  versions: (slug: string, cursor: string | null) =>
    ask<Page<Version>>('GET', project(slug, `/rubric/versions${query({ cursor })}`)),
  version: (slug: string, number: number) =>
    ask<VersionWithTexts>('GET', project(slug, `/rubric/versions/${number}`)),
  publish: (slug: string, wanted: NewVersion) =>
    ask<Version>('POST', project(slug, '/rubric/versions'), wanted),
  bridges: (slug: string, cursor: string | null) =>
    ask<Page<Bridge>>('GET', project(slug, `/rubric/bridges${query({ cursor })}`)),
  bridge: (slug: string, id: number) =>
    ask<BridgeWithShifts>('GET', project(slug, `/rubric/bridges/${id}`)),
  buildBridge: (slug: string, wanted: { before: number; captions: number; overlap: number }) =>
    ask<Bridge>('POST', project(slug, '/rubric/bridges'), wanted),
}
