/** Videos, captions and imports, in German. */

import type { data as en } from '../en/data'
import type { Translation } from '../translation'

export const data: Partial<Translation<typeof en>> = {}
