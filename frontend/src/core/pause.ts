/** Waiting that can be cut short: by the network coming back, a login, or a press of "now". */

export type Pause = { wait: (seconds: number) => Promise<void>; wake: () => void }

export function makePause(): Pause {
  const wakers = new Set<() => void>()
  return {
    wait: seconds =>
      new Promise(resolve => {
        const done = () => {
          clearTimeout(timer)
          wakers.delete(done)
          resolve()
        }
        const timer = setTimeout(done, seconds * 1000)
        wakers.add(done)
      }),
    wake: () => {
      for (const done of [...wakers]) done()
    },
  }
}
