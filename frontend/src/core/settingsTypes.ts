/** Projects, organisations and rubrics as those who run them see them. */

import type { components } from './schema'
import type { Dimension, Level } from './types'

type Schemas = components['schemas']

export type Project = Required<Schemas['ProjectOut']>
export type NewProject = { name: string; slug: string; description: string }
export type ProjectChange = Partial<NewProject>
export type Shown = 'no' | 'yes' | 'all'

export type Owned = Required<Schemas['OwnedProject']>
export type PersonOf = Required<Schemas['PersonOut']>

export type Language = 'en' | 'de'
export type Wording = {
  guideline: string
  questions: Record<Dimension, { title: string; text: string; examples: string[] }>
  levels: Record<`${Level}`, { phrase: string; sentence: string }>
}
/** English is always there; German is whole, or not there at all. */
export type Texts = { en: Wording; de?: Wording }
export type Version = {
  number: number
  note: string
  by: string | null
  made_at: string | null
}
export type VersionWithTexts = Version & { texts: Texts }
export type NewVersion = { based_on: number; note: string; texts: Texts }

export type Bridge = Required<Schemas['BridgeOut']>
export type BridgeWithShifts = Required<Schemas['BridgeWithShifts']>
export type Estimate = Required<Schemas['EstimateOut']>
