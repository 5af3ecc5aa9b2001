/** A value as it was once it had stayed the same for a while: what is typed is asked for once. */

import { useEffect, useState } from 'react'

const WHILE = 250

export function useLater<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WHILE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
