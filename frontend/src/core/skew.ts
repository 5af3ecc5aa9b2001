/**
 * How far our clock is from the server's, in seconds; positive where ours is ahead.
 *
 * It is evidence and no more: whatever counts down does so from the seconds that the server names.
 */

let known = 0

export const skew = (): number => known

/** Take the time from an answer that came straight from the server. It is good to a second. */
export function heardAt(answer: Pick<Response, 'headers'>, now: number): void {
  const said = Date.parse(answer.headers.get('Date') ?? '')
  if (Number.isFinite(said)) known = Math.round((now - said) / 1000)
}
