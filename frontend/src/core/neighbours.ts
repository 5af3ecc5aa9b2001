/** What stands before and after something in the first of several lists that has it. */

export type Neighbours = { previous: number | null; next: number | null }

/** An item that stands in a list several times, as one disputed on two dimensions, counts once. */
export function neighboursOf(lists: readonly (readonly number[])[], item: number): Neighbours {
  const list = [...new Set(lists.find(one => one.includes(item)) ?? [])]
  const place = list.indexOf(item)
  if (place < 0) return { previous: null, next: null }
  return { previous: list[place - 1] ?? null, next: list[place + 1] ?? null }
}
