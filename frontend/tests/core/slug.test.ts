import { expect, it } from 'vitest'
import { isSlug, slugOf } from '../../src/core/slug'

it.each([
  ['Street scenes 2026', 'street-scenes-2026'],
  ['  Größe & Güte!  ', 'groesse-guete'],
  ['Éléphant', 'elephant'],
  ['日本', ''],
  ['x'.repeat(80), 'x'.repeat(50)],
])('makes of %s the address %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

it('knows an address when it sees one', () => {
  expect(['street-scenes', 'A_1'].every(isSlug)).toBe(true)
  expect(['', 'a b', 'ä', 'x'.repeat(51)].some(isSlug)).toBe(false)
})
