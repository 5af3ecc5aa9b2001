/** The leaderboard, in German. */

import type { leaderboard as en } from '../en/leaderboard'
import type { Translation } from '../translation'

export const leaderboard: Partial<Translation<typeof en>> = {}
