/** The report on agreement and annotators, as the API has it. */

import { ask } from './client'
import type { components } from './schema'
import type { Level } from './types'

type Schemas = components['schemas']
export type Estimate = Schemas['AgreementEstimate']
export type DimensionReport = Schemas['DimensionReport']
export type QualityReport = Schemas['ReportOut']
export type AnnotatorFigures = Schemas['AnnotatorFigures']
export type Involvement = Schemas['Involvement']
export type AnnotatorZeros = Schemas['AnnotatorZeros']
export type ProgressReport = Schemas['ProgressReport']
export type AuditRow = Omit<Schemas['AuditRow'], 'given'> & {
  given: { annotator: string; level: Level }[]
}
export type ReportState = Schemas['ReportState']

const of = (slug: string, part: string, rubric: number | null = null) =>
  `projects/${encodeURIComponent(slug)}/quality/${part}${rubric === null ? '' : `?rubric=${rubric}`}`

export const reportApi = {
  state: (slug: string, rubric: number | null) =>
    ask<ReportState>('GET', of(slug, 'report', rubric)),
  renew: (slug: string) => ask<ReportState>('POST', of(slug, 'report')),
  audit: (slug: string, rubric: number | null) =>
    ask<{ results: AuditRow[] }>('GET', of(slug, 'audit', rubric)).then(all => all.results),
}
