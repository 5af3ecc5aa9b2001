/** A video's first picture, or a film strip where there is none. */

import { useState } from 'react'
import { Icon } from '../../ui/icons'

export function Poster({ src }: { src: string }) {
  const [broken, setBroken] = useState(false)
  return (
    <span className="thumb still-thumb">
      {broken ? (
        <Icon name="film" />
      ) : (
        <img
          src={src}
          alt=""
          loading="lazy"
          width={96}
          height={54}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  )
}
