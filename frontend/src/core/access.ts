/** Who may do what. The server decides; the page only does not offer what would be refused. */

import type { Role } from './types'

export const isStaff = (roles: readonly Role[]): boolean =>
  roles.includes('admin') || roles.includes('researcher')
export const mayRate = (roles: readonly Role[]): boolean => roles.includes('annotator')
export const mayRun = (roles: readonly Role[]): boolean => roles.includes('researcher')
export const mayManage = (roles: readonly Role[]): boolean => roles.includes('admin')
export const mayImport = (roles: readonly Role[]): boolean => roles.includes('admin')

/** Where to go after signing in: only to a page of ours, never to another site. */
export function safeReturn(wanted: string | null): string {
  return wanted?.startsWith('/') && !/^\/[/\\]/.test(wanted) && !wanted.startsWith('/login')
    ? wanted
    : '/'
}
