/** How a file is to be imported: what it holds, and where each of its fields is found. */

import type { Preview, What } from './importsApi'
import { DIMENSIONS } from './types'

export type Place = { from: 'nowhere' } | { from: 'column'; name: string } | Fixed
type Fixed = { from: 'fixed'; value: string }
export type ImportForm = { what: What; places: Record<string, Place>; withoutMedia: boolean }

const CAPTION = ['video', 'caption', 'source']

/** The form as the columns suggest it. */
export function formFor(preview: Preview, what: What = preview.what): ImportForm {
  const fields = Object.entries(preview.fields_of[what] ?? {})
  const places = fields.map(([field, name]): [string, Place] => [
    field,
    name ? { from: 'column', name } : { from: 'nowhere' },
  ])
  return { what, places: Object.fromEntries(places), withoutMedia: false }
}

/** What is still needed, each as fields of which one will do. Empty: it can be tried. */
export function missing({ what, places }: ImportForm, format: string): string[][] {
  // Tasks of Label Studio hold the answers in their annotations, which no column shows.
  if (what === 'ratings' && format === 'label-studio') return []
  const has = (field: string) => isSaid(places[field])
  const wants = (...fields: string[]) => (fields.some(has) ? [] : [fields])
  const aboutCaption = CAPTION.flatMap(field => wants(field))
  if (what === 'captions') return aboutCaption
  const levels = has('dimension') ? wants('level') : wants(...DIMENSIONS, 'dimension')
  return [...(has('external_id') ? [] : aboutCaption), ...wants('annotator'), ...levels]
}

const isSaid = (place: Place | undefined): boolean =>
  place?.from === 'column' || (place?.from === 'fixed' && place.value.trim() !== '')

/** What the server is sent beside the file. Only what differs from what it would find itself. */
export function options(form: ImportForm, preview: Preview): Record<string, string> {
  const found = preview.fields_of[form.what] ?? {}
  const columns: Record<string, string> = {}
  const fixed: Record<string, string> = {}
  for (const [field, place] of Object.entries(form.places)) {
    const wanted = place.from === 'column' ? place.name : ''
    if (wanted !== (found[field] ?? '')) columns[field] = wanted
    if (place.from === 'fixed' && isSaid(place)) fixed[field] = place.value.trim()
  }
  return {
    what: form.what,
    columns: JSON.stringify(columns),
    fixed: JSON.stringify(fixed),
    without_media: String(form.what === 'ratings' && form.withoutMedia),
  }
}
