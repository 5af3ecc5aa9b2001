/** Looks at the player while it plays, and keeps what was seen of the video. */

import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Coverage, cut, look, type Watch } from '../../core/watch'

const TELL_EVERY = 250

export type Watched = { coverage: Coverage; latest: () => Coverage; onSeek: () => void }

export function useWatch(
  video: RefObject<HTMLVideoElement | null>,
  duration: number,
  before: Coverage,
): Watched {
  const watch = useRef<Watch>({ coverage: before, last: null })
  const [coverage, setCoverage] = useState(before)
  const told = useRef(0)

  const sample = useEffectEvent((at: number) => {
    const player = video.current
    if (!player) return
    const seen = {
      at: at / 1000,
      time: player.currentTime,
      rate: player.playbackRate,
      playing: !player.paused && !player.seeking,
      visible: document.visibilityState === 'visible',
    }
    watch.current = look(watch.current, seen, duration)
    if (at - told.current < TELL_EVERY && !player.paused) return
    told.current = at
    setCoverage(watch.current.coverage)
  })

  const onSeek = useCallback(() => {
    watch.current = cut(watch.current)
  }, [])

  useEffect(() => {
    let handle = requestAnimationFrame(function each(at) {
      sample(at)
      handle = requestAnimationFrame(each)
    })
    document.addEventListener('visibilitychange', onSeek)
    return () => {
      cancelAnimationFrame(handle)
      document.removeEventListener('visibilitychange', onSeek)
    }
  }, [onSeek])

  return { coverage, latest: () => watch.current.coverage, onSeek }
}
