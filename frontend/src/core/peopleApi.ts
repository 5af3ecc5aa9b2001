/** What the pages about people ask of the server. */

import { ask, query } from './client'
import type {
  Invitation,
  Member,
  MemberChange,
  NewInvitation,
  NewToken,
  Profile,
  ProfileChange,
  Session,
  Token,
  Wanted,
  Welcome,
} from './peopleTypes'
import type { Page } from './types'

const of = (slug: string, rest: string) => `projects/${encodeURIComponent(slug)}/${rest}`
const invitation = (token: string) => `invitations/${encodeURIComponent(token)}`

export const peopleApi = {
  members: (slug: string, search: string, cursor: string | null) =>
    ask<Page<Member>>('GET', of(slug, `members${query({ search, cursor })}`)),
  changeMember: (slug: string, member: number, change: MemberChange) =>
    ask<Member>('PATCH', of(slug, `members/${member}`), change),
  removeMember: (slug: string, member: number) =>
    ask<null>('DELETE', of(slug, `members/${member}`)),

  invitations: (slug: string, cursor: string | null) =>
    ask<Page<Invitation>>('GET', of(slug, `invitations${query({ cursor })}`)),
  invite: (slug: string, wanted: Wanted) =>
    ask<NewInvitation>('POST', of(slug, 'invitations'), wanted),
  revokeInvitation: (slug: string, id: number) =>
    ask<null>('DELETE', of(slug, `invitations/${id}`)),
  welcome: (token: string) => ask<Welcome>('GET', invitation(token)),
  join: (token: string, credentials: { username: string; password: string } | null) =>
    ask<Session>('POST', invitation(token), credentials ?? {}),

  profile: () => ask<Profile>('GET', 'profile'),
  changeProfile: (change: ProfileChange) => ask<Profile>('PATCH', 'profile', change),
  /** Other sessions end with the old password, and so do all tokens. */
  changePassword: (old: string, wanted: string) =>
    ask<null>('POST', 'profile/password', { old, new: wanted }),

  tokens: () => ask<Page<Token>>('GET', 'tokens'),
  createToken: (name: string, days: number) => ask<NewToken>('POST', 'tokens', { name, days }),
  revokeToken: (id: string) => ask<null>('DELETE', `tokens/${encodeURIComponent(id)}`),
}

/** Where a browser goes to sign in elsewhere. It comes back to `next`, signed in. */
export const providerUrl = (name: string, next: string): string =>
  `/api/v1/oidc/${encodeURIComponent(name)}/start?next=${encodeURIComponent(next)}`
