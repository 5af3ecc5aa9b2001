/** The report on agreement and annotators, as the API has it. */

import { ask } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Estimate = Schemas['AgreementEstimate']
export type DimensionReport = Schemas['DimensionReport']
export type QualityReport = Schemas['ReportOut']
export type AnnotatorFigures = Schemas['AnnotatorFigures']
export type ReportState = Schemas['ReportState']

const of = (slug: string) => `projects/${encodeURIComponent(slug)}/quality/report`

export const reportApi = {
  state: (slug: string) => ask<ReportState>('GET', of(slug)),
  renew: (slug: string) => ask<ReportState>('POST', of(slug)),
}
