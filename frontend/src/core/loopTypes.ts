/** The loop that runs itself, as the API speaks of it. */

import type { components } from './schema'
import type { Correlations } from './scorerReport'
import type { Dimension } from './types'

type Schemas = components['schemas']

export type Policy = Required<Schemas['PolicyOut']>
export type PolicyChange = Partial<Policy>
export type Step = Schemas['StepOut']
export type Champion = Omit<Schemas['ChampionOut'], 'agreement'> & {
  agreement: Correlations | null
}
export type StageOfLoop = Schemas['StageOut']
export type Worth = Schemas['ValueOut']
export type Loop = Omit<Schemas['LoopOut'], 'policy' | 'champion'> & {
  policy: Policy
  champion: Champion | null
}

/** A figure of challenger and champion, and the first minus the second. */
export type Difference = {
  one: number | null
  other: number | null
  difference: { value: number | null; low: number | null; high: number | null }
  verdict: 'better' | 'worse' | 'undecided'
}
export type Trial = Omit<Required<Schemas['TrialOut']>, 'differences'> & {
  differences: Partial<Record<Dimension | 'average', Difference>>
}
