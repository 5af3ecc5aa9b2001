/** People: who is signed in, who is in a project, who may come, and what one says of oneself. */

import type { Role } from './types'

export type Person = {
  id: number
  username: string
  /** The display name; empty: none. */
  name: string
  /** Empty: as the browser's. */
  language: string
  preferences: Record<string, unknown>
}
export type Belonging = {
  project: { slug: string; name: string; archived?: boolean }
  roles: Role[]
  paused?: boolean
}
/** An organisation that one is in, or even owns. */
export type Belongs = { slug: string; name: string; owner: boolean }
export type Provider = { name: string }
export type Session = {
  user: Person | null
  memberships: Belonging[]
  organisations: Belongs[]
  providers: Provider[]
}

export type Member = {
  id: number
  username: string
  name: string
  email: string
  roles: Role[]
  paused_at: string | null
}
export type MemberChange = { roles?: Role[]; paused?: boolean }

export type InvitationState = 'open' | 'accepted' | 'expired' | 'revoked'
export type Invitation = {
  id: number
  role: Role
  email: string
  made_by: string
  made_at: string
  expires_at: string
  state: InvitationState
  accepted_by: string | null
}
/** Only when it is made does an invitation tell its link. */
export type NewInvitation = Invitation & {
  link: string
  sent: boolean
  not_sent: 'no-address' | 'no-mail-server' | 'mail-server-failed' | null
}
export type Wanted = { role: Role; email: string; days: number }
/** What whoever holds the link is told. */
export type Welcome = {
  project: { slug: string; name: string }
  role: Role
  expires_at: string
}

export type Profile = {
  username: string
  display_name: string
  email: string
  language: string
  preferences: Record<string, unknown>
  has_password: boolean
}
export type ProfileChange = Partial<Omit<Profile, 'username' | 'has_password'>>

export type Token = { id: string; name: string; made_at: string; expires_at: string }
export type NewToken = Token & { token: string }
