/** The pages of a project that one's roles open, in the order of the work: rate, gather, learn. */

import { isStaff, mayManage, mayRate } from '../core/access'
import { t } from '../core/messages'
import type { Role } from '../core/types'

export type Entry = { to: string; label: string }
/** Pages that belong together. Those without a title stand by themselves. */
export type Group = { title: string | null; entries: Entry[] }

const MOST_IN_A_ROW = 5

export function navigation(slug: string, roles: readonly Role[]): Group[] {
  const home = `/p/${slug}`
  const staff = isStaff(roles)
  const rates = mayRate(roles)
  const page = (path: string, label: string, shown: boolean): Entry[] =>
    shown ? [{ to: home + path, label }] : []
  const groups = [
    {
      title: null,
      entries: [
        ...page('', t('nav.overview'), true),
        ...page('/rate', t('nav.rate'), rates),
        ...page('/vote', t('nav.vote'), rates),
      ],
    },
    {
      title: t('nav.group.data'),
      entries: [
        ...page('/data', t('nav.data'), staff),
        ...page('/snapshots', t('nav.snapshots'), staff),
      ],
    },
    {
      title: t('nav.group.models'),
      entries: [
        ...page('/loop', t('nav.loop'), staff),
        ...page('/runs', t('nav.runs'), staff),
        ...page('/leaderboard', t('nav.leaderboard'), staff),
        ...page('/comparisons', t('nav.comparisons'), staff),
      ],
    },
    {
      title: t('nav.group.team'),
      entries: [
        ...page('/quality', t('nav.quality'), staff),
        ...page('/adjudicate', t('nav.adjudicate'), staff),
        ...page('/people', t('nav.people'), mayManage(roles)),
        ...page('/settings', t('nav.settings'), staff),
      ],
    },
  ]
  return groups.filter(({ entries }) => entries.length > 0).map(alone)
}

/** A menu with one entry is only in the way. */
const alone = (group: Group): Group =>
  group.entries.length === 1 ? { ...group, title: null } : group

/** Whether they fit beside each other on a phone, so that nobody has to open a menu. */
export const isShort = (groups: readonly Group[]): boolean =>
  groups.flatMap(({ entries }) => entries).length <= MOST_IN_A_ROW

export const isHere = (location: string, { to }: Entry): boolean =>
  location === to || (location.startsWith(`${to}/`) && !/^\/p\/[^/]+$/.test(to))
