/** What the controls and the keys can do with the video, and what the video is doing. */

import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Preferences, stepRate } from '../../core/preferences'

export type PlayerState = { playing: boolean; time: number; duration: number; broken: boolean }
export type Player = {
  video: RefObject<HTMLVideoElement | null>
  state: PlayerState
  toggle: () => void
  seekTo: (time: number) => void
  seekBy: (seconds: number) => void
  frame: (by: 1 | -1) => void
  faster: () => void
  slower: () => void
  reload: () => void
}

type Options = {
  duration: number
  preferences: Preferences
  prefer: (change: Partial<Preferences>) => void
  onSeek: () => void
}

export function usePlayer({ duration, preferences, prefer, onSeek }: Options): Player {
  const video = useRef<HTMLVideoElement>(null)
  const state = usePlayerState(video, duration)
  const frameSeconds = useFrameSeconds(video)
  usePreferred(video, preferences)
  useAutoplay(video)

  const seekTo = (time: number) => {
    if (!video.current) return
    onSeek()
    video.current.currentTime = Math.min(Math.max(time, 0), state.duration)
  }
  const seekBy = (seconds: number) => seekTo((video.current?.currentTime ?? 0) + seconds)
  const speed = (by: 1 | -1) => prefer({ rate: stepRate(preferences.rate, by) })
  return {
    video,
    state,
    toggle: () => (video.current?.paused ? play(video.current) : video.current?.pause()),
    seekTo,
    seekBy,
    frame: by => {
      video.current?.pause()
      seekBy(by * frameSeconds.current)
    },
    faster: () => speed(1),
    slower: () => speed(-1),
    reload: () => video.current?.load(),
  }
}

/** A browser may refuse to begin with sound before the first click; then it begins without. */
async function play(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play()
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
    video.muted = true
    await video.play().catch(() => undefined)
  }
}

function usePlayerState(video: RefObject<HTMLVideoElement | null>, duration: number): PlayerState {
  const [state, setState] = useState({ playing: false, time: 0, duration, broken: false })
  useEffect(() => {
    const player = video.current
    if (!player) return
    const look = () =>
      setState(before => ({
        playing: !player.paused,
        time: player.currentTime,
        duration: Number.isFinite(player.duration) ? player.duration : before.duration,
        broken: player.error !== null,
      }))
    const events = ['play', 'pause', 'timeupdate', 'seeked', 'loadedmetadata', 'error', 'emptied']
    for (const event of events) player.addEventListener(event, look)
    return () => {
      for (const event of events) player.removeEventListener(event, look)
    }
  }, [video])
  return state
}

function usePreferred(
  video: RefObject<HTMLVideoElement | null>,
  { muted, volume, rate, loop }: Preferences,
): void {
  useLayoutEffect(() => {
    const player = video.current
    if (!player) return
    player.muted = muted
    player.volume = volume
    player.loop = loop
    player.defaultPlaybackRate = rate
    player.playbackRate = rate
  }, [video, muted, volume, rate, loop])
}

/** Clips begin by themselves, before the page is even painted, unless less motion is wished for. */
function useAutoplay(video: RefObject<HTMLVideoElement | null>): void {
  useLayoutEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (video.current && !still) play(video.current)
  }, [video])
}

const FRAME_SECONDS = 1 / 25

/** How long a frame stays, seen from the frames as they come. */
function useFrameSeconds(video: RefObject<HTMLVideoElement | null>): RefObject<number> {
  const seconds = useRef(FRAME_SECONDS)
  const last = useRef<number | null>(null)
  const see = useEffectEvent((mediaTime: number) => {
    const step = last.current === null ? 0 : mediaTime - last.current
    if (step > 0.005 && step < 0.2) seconds.current = Math.min(seconds.current, step)
    last.current = mediaTime
  })
  useEffect(() => {
    const player = video.current
    if (!player?.requestVideoFrameCallback) return
    let handle = 0
    const next = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      see(mediaTime)
      handle = player.requestVideoFrameCallback(next)
    }
    handle = player.requestVideoFrameCallback(next)
    return () => player.cancelVideoFrameCallback(handle)
  }, [video])
  return useMemo(() => seconds, [])
}
