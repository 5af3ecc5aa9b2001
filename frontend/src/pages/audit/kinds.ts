/** What the entries of a project can be about, and those of an organisation. */

import type { Kind } from '../../core/auditApi'

export const OF_AN_ORGANISATION: readonly Kind[] = [
  'membership',
  'ownership',
  'invitation',
  'project',
  'organisation',
]

export const OF_A_PROJECT: readonly Kind[] = [
  'membership',
  'invitation',
  'standing',
  'project',
  'protocol',
  'rubric-version',
  'bridge',
  'comparison',
  'webhook',
  'import',
  'video',
  'video-name',
  'caption',
  'captioner',
  'check',
  'remark',
  'case',
  'decision',
  'return',
  'snapshot',
  'download',
  'job',
  'run',
]
