/** The overview, in German. */

import type { overview as en } from '../en/overview'
import type { Translation } from '../translation'

export const overview: Partial<Translation<typeof en>> = {}
