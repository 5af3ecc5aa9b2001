/** Practice, gold, twins, and the queue, in German. */

import type { quality as en } from '../en/quality'
import type { Translation } from '../translation'

export const quality: Partial<Translation<typeof en>> = {}
