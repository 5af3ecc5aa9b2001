import { expect, it } from 'vitest'
import { withRole } from '../../src/core/members'

it('keeps the roles in their order', () => {
  expect(withRole(['admin'], 'annotator', true)).toEqual(['annotator', 'admin'])
  expect(withRole(['annotator', 'admin'], 'annotator', false)).toEqual(['admin'])
})
