/** Runs and their results, in German. */

import type { runs as en } from '../en/runs'
import type { Translation } from '../translation'

export const runs: Partial<Translation<typeof en>> = {}
