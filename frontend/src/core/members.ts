/** Finding one's way among the members of a project. */

import type { Member } from './peopleTypes'
import type { Role } from './types'

export const ROLES = ['annotator', 'researcher', 'admin'] as const satisfies readonly Role[]

/** What to call somebody. */
export const shownName = ({ name, username }: { name: string; username: string }): string =>
  name || username

/** Those whose name, username or e-mail has all of the words in it. */
export function matching(members: readonly Member[], search: string): Member[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return members.filter(({ name, username, email }) => {
    const known = `${name} ${username} ${email}`.toLowerCase()
    return words.every(word => known.includes(word))
  })
}

/** The roles with one more or one less, in their usual order. */
export function withRole(roles: readonly Role[], role: Role, held: boolean): Role[] {
  return ROLES.filter(one => (one === role ? held : roles.includes(one)))
}
