import { expect, it } from 'vitest'
import { matching, withRole } from '../../src/core/members'

const MEMBERS = [
  { id: 1, username: 'mei', name: 'Mei Lin', email: 'mei@example.org' },
  { id: 2, username: 'jonas', name: '', email: 'jw@example.org' },
].map(member => ({ ...member, roles: [], paused_at: null }))

it.each([
  ['', [1, 2]],
  ['LIN', [1]],
  ['example.org jon', [2]],
  ['nobody', []],
])('finds for %j the members %j', (search, found) =>
  expect(matching(MEMBERS, search).map(({ id }) => id)).toEqual(found),
)

it('keeps the roles in their order', () => {
  expect(withRole(['admin'], 'annotator', true)).toEqual(['annotator', 'admin'])
  expect(withRole(['annotator', 'admin'], 'annotator', false)).toEqual(['admin'])
})
