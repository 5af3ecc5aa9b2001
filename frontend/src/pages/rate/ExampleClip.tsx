/** A short clip of a level: still until it is asked for, then over and over. */

import { useRef, useState } from 'react'
import type { Example } from '../../core/answersTypes'
import { t } from '../../core/messages'
import { Icon } from '../../ui/icons'

export function ExampleClip({
  example: { level, video_url, poster_url, caption_text, note },
}: {
  example: Example
}) {
  const video = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const turn = () => {
    if (playing) video.current?.pause()
    else video.current?.play().catch(() => undefined)
  }
  return (
    <figure className="clip">
      <button
        type="button"
        className="clip-screen"
        onClick={turn}
        aria-label={playing ? t('help.pause', { level }) : t('help.play', { level })}
      >
        <video
          ref={video}
          src={video_url}
          poster={poster_url}
          preload="none"
          tabIndex={-1}
          muted
          loop
          playsInline
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
        />
        {!playing && (
          <span className="clip-play">
            <Icon name="play" size={16} />
          </span>
        )}
      </button>
      <figcaption>
        <p className="clip-caption" dir="auto" lang="">
          {caption_text}
        </p>
        {note && <p className="clip-note">{note}</p>}
      </figcaption>
    </figure>
  )
}
