/** Blind votes, in German. */

import type { votes as en } from '../en/votes'
import type { Translation } from '../translation'

export const votes: Partial<Translation<typeof en>> = {}
