/** The frame of every page, in German. */

import type { app as en } from '../en/app'
import type { Translation } from '../translation'

export const app: Partial<Translation<typeof en>> = {}
