/** Snapshots, in German. */

import type { snapshots as en } from '../en/snapshots'
import type { Translation } from '../translation'

export const snapshots: Partial<Translation<typeof en>> = {}
