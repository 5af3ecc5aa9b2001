/** Rating, in German. */

import type { rate as en } from '../en/rate'
import type { Translation } from '../translation'

export const rate: Partial<Translation<typeof en>> = {}
