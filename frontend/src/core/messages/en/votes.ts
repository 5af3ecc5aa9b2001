/** Blind votes, in English. */

export const votes = {} as const
