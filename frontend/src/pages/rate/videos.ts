/**
 * The next item's video, loaded and its first frame decoded while this one is rated.
 *
 * The very element moves to the screen. To warm the browser's cache for another element is lighter
 * only in looks: that one would have to open the file and wait for the decoder again.
 */

import type { Claim } from '../../core/types'

type Video = Claim['video']

const prepared = new Map<string, HTMLVideoElement>()

/** Begin to load; the way back gives up what nobody took. */
export function prepareVideo(video: Video): () => void {
  const element = makeVideo(video)
  prepared.set(video.video_url, element)
  return () => {
    if (prepared.get(video.video_url) !== element) return
    prepared.delete(video.video_url)
    unload(element)
  }
}

export function takeVideo(video: Video): HTMLVideoElement {
  const element = prepared.get(video.video_url) ?? makeVideo(video)
  prepared.delete(video.video_url)
  // The first frame is there already: the poster would only stand before it.
  if (element.readyState >= element.HAVE_CURRENT_DATA) element.removeAttribute('poster')
  return element
}

/** Browsers keep few decoders; one that is done with must not wait for the garbage collector. */
export function unload(element: HTMLVideoElement): void {
  element.pause()
  element.removeAttribute('src')
  element.load()
}

function makeVideo({ video_url, poster_url, width, height }: Video): HTMLVideoElement {
  const element = document.createElement('video')
  element.className = 'picture'
  element.width = width
  element.height = height
  element.tabIndex = -1
  element.playsInline = true
  element.preload = 'auto'
  element.poster = poster_url
  element.src = video_url
  return element
}
