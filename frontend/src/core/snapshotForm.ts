/** What somebody has filled in before freezing, and what is asked of the server for it. */

import type { Filters, Wanted } from './snapshotsTypes'

/** Choices that nobody has made are left open: an empty set narrows nothing. */
export type FreezeForm = {
  captioners: ReadonlySet<string>
  kinds: ReadonlySet<string>
  annotators: ReadonlySet<string>
  dimensions: ReadonlySet<string>
  rubrics: ReadonlySet<string>
  /** As the browser's own field has it, in local time; empty: open. */
  since: string
  until: string
  asOf: string
  late: boolean
  flagged: boolean
  minimum: string
  salt: string
  validation: string
  test: string
}

export const SETS = ['captioners', 'kinds', 'annotators', 'dimensions', 'rubrics'] as const
export type SetName = (typeof SETS)[number]

export const USUAL: FreezeForm = {
  captioners: new Set(),
  kinds: new Set(),
  annotators: new Set(),
  dimensions: new Set(),
  rubrics: new Set(),
  since: '',
  until: '',
  asOf: '',
  late: true,
  flagged: true,
  minimum: '0',
  salt: '',
  validation: '0',
  test: '20',
}

/** Freezing that takes longer than a person waits is left to a job. */
export const MOST_AT_ONCE = 50_000

export function wantedOf(form: FreezeForm): Wanted {
  return {
    filters: {
      captioners: [...form.captioners].sort(),
      kinds: [...form.kinds].sort(),
      annotators: [...form.annotators].sort(),
      dimensions: [...form.dimensions].sort() as Filters['dimensions'],
      rubrics: [...form.rubrics].map(Number).sort(),
      since: instant(form.since),
      until: instant(form.until),
      late: form.late,
      flagged: form.flagged,
      minimum_ratings: Number(form.minimum),
    },
    split: {
      salt: form.salt.trim(),
      validation: Number(form.validation),
      test: Number(form.test),
    },
    as_of: instant(form.asOf),
  }
}

const instant = (local: string): string | null => (local ? new Date(local).toISOString() : null)

/** Whether the shares leave videos for training, as the server will ask. */
export const leavesTraining = ({ validation, test }: FreezeForm): boolean =>
  Number(validation) + Number(test) < 100

export function toggled(form: FreezeForm, name: SetName, value: string): FreezeForm {
  const after = new Set(form[name])
  if (!after.delete(value)) after.add(value)
  return { ...form, [name]: after }
}

/** The filters that narrow something, in the order in which they are asked. */
export function narrowing(filters: Filters): (keyof Filters)[] {
  const lists = SETS.filter(name => filters[name].length > 0)
  const dates = (['since', 'until'] as const).filter(name => filters[name] !== null)
  return [
    ...lists,
    ...dates,
    ...(filters.late ? [] : (['late'] as const)),
    ...(filters.flagged ? [] : (['flagged'] as const)),
    ...(filters.minimum_ratings > 0 ? (['minimum_ratings'] as const) : []),
  ]
}
