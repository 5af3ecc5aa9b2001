/** Practice, gold, twins, and the queue, in English. */

export const quality = {} as const
