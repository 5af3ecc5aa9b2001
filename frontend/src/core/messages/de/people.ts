/** People, invitations, profiles, in German. */

import type { people as en } from '../en/people'
import type { Translation } from '../translation'

export const people: Partial<Translation<typeof en>> = {}
