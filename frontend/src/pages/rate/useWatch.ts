/** Looks at the player while it plays, and keeps what was seen of the video, and how. */

import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Attention, attend, type Look, NO_ATTENTION } from '../../core/attention'
import { type Coverage, cover, cut, look, type Watch } from '../../core/watch'

const TELL_EVERY = 250

export type Watched = {
  coverage: Coverage
  latest: () => Coverage
  attention: () => Attention
  /** What was seen elsewhere. */
  add: (coverage: Coverage) => void
  onSeek: () => void
}

export function useWatch(
  video: RefObject<HTMLVideoElement | null>,
  duration: number,
  before: Coverage,
  attentionBefore: Attention = NO_ATTENTION,
): Watched {
  const watch = useRef<Watch>({ coverage: before, last: null })
  const [coverage, setCoverage] = useState(before)
  const told = useRef(0)
  const attention = useRef(attentionBefore)
  const lastLook = useRef<Look | null>(null)

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
    const looked = {
      ...seen,
      focused: document.hasFocus(),
      stalled: seen.playing && player.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
    }
    attention.current = attend(attention.current, lastLook.current, looked)
    lastLook.current = looked
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
    // Out of sight there are no frames; this notes when it went, and when it came back.
    const turned = () => {
      sample(performance.now())
      onSeek()
    }
    document.addEventListener('visibilitychange', turned)
    return () => {
      cancelAnimationFrame(handle)
      document.removeEventListener('visibilitychange', turned)
    }
  }, [onSeek])

  return {
    coverage,
    latest: () => watch.current.coverage,
    attention: () => attention.current,
    add: more => {
      watch.current = { ...watch.current, coverage: more.reduce(cover, watch.current.coverage) }
      setCoverage(watch.current.coverage)
    },
    onSeek,
  }
}
