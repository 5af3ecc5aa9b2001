/** People, invitations, profiles, in English. */

export const people = {} as const
