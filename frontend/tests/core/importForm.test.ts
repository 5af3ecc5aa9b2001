import { expect, it } from 'vitest'
import { formFor, missing, options } from '../../src/core/importForm'
import type { Preview } from '../../src/core/importsApi'

const PREVIEW: Preview = {
  format: 'csv',
  what: 'captions',
  columns: ['clip', 'text'],
  fields_of: {
    captions: { video: '', caption: 'text', source: '', kind: '', external_id: '' },
    ratings: { external_id: '', annotator: '', dimension: '', level: '', camera: '' },
  },
  rows: [],
  problem: '',
}

it('asks for what no column holds, and sends only what the server would not find', () => {
  const form = formFor(PREVIEW)
  expect(missing(form, 'csv')).toEqual([['video'], ['source']])

  form.places.video = { from: 'column', name: 'clip' }
  form.places.source = { from: 'fixed', value: '  me ' }

  expect(missing(form, 'csv')).toEqual([])
  expect(options(form, PREVIEW)).toEqual({
    what: 'captions',
    columns: '{"video":"clip"}',
    fixed: '{"source":"me"}',
    without_media: 'false',
  })
})

it('turns away a column that would be read', () => {
  const form = formFor(PREVIEW)
  form.places.caption = { from: 'nowhere' }
  expect(options(form, PREVIEW).columns).toBe('{"caption":""}')
})

it('wants ratings to name a caption, an annotator and a level', () => {
  const form = formFor(PREVIEW, 'ratings')
  expect(missing(form, 'csv').length).toBe(5)
  expect(missing(form, 'label-studio')).toEqual([])

  form.places.external_id = { from: 'column', name: 'clip' }
  form.places.annotator = { from: 'fixed', value: 'ann' }
  form.places.dimension = { from: 'column', name: 'text' }
  expect(missing(form, 'csv')).toEqual([['level']])

  form.places.dimension = { from: 'nowhere' }
  form.places.camera = { from: 'fixed', value: '0' }
  expect(missing(form, 'csv')).toEqual([])
})
