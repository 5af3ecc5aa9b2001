/** The parts of a page that has an address for each. */

import { useEffect, useRef } from 'react'
import { Link } from 'wouter'

type Props = { label: string; home: string; here: string; tabs: readonly [string, string][] }

/** Each tab is its path below `home` (the first one's is empty) and its name. */
export function Tabs({ label, home, here, tabs }: Props) {
  const list = useRef<HTMLUListElement>(null)
  // Where they do not all fit, the one that is open is the one to be seen.
  useEffect(() => {
    const open = list.current?.querySelector('[aria-current]')
    open?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <nav className="tabs" aria-label={label}>
      <ul ref={list}>
        {tabs.map(([path, name]) => (
          <li key={path}>
            <Link
              href={path ? `${home}/${path}` : home}
              aria-current={path === here ? 'page' : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
