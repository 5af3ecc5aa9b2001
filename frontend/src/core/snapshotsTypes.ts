/** Snapshots, exports and the differences between snapshots, in the words of the API. */

import type { components } from './schema'

type Schemas = components['schemas']

export type Filters = Required<Schemas['SnapshotFilters']>
export type Wanted = {
  filters: Filters
  split: { salt: string; validation: number; test: number }
  as_of: string | null
}
export type Counts = Schemas['CountsOut']
export type Choices = Schemas['ChoicesOut']
export type Side = Schemas['Side']
export type Leak = Required<Schemas['LeakOut']>
export type SnapshotWhole = Omit<
  Required<Schemas['SnapshotWhole']>,
  'filters' | 'leaking' | 'split'
> & {
  filters: Filters
  leaking: Leak[]
  split: Wanted['split'] | null
}
export type Export = Schemas['ExportOut']
export type Diff = Schemas['DiffOut']
export type Job = Required<Schemas['JobOut']>
