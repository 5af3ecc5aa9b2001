/** Finding one's way among the members of a project. */

import type { Role } from './types'

export const ROLES = ['annotator', 'researcher', 'admin'] as const satisfies readonly Role[]

/** What to call somebody. */
export const shownName = ({ name, username }: { name: string; username: string }): string =>
  name || username

/** The roles with one more or one less, in their usual order. */
export function withRole(roles: readonly Role[], role: Role, held: boolean): Role[] {
  return ROLES.filter(one => (one === role ? held : roles.includes(one)))
}
