/** Loads the next item's poster and video for as long as it is the next. */

import { useEffect } from 'react'
import type { Claim } from '../../core/types'
import { prepareVideo } from './videos'

export function Preload({ video }: { video: Claim['video'] }) {
  useEffect(() => prepareVideo(video), [video])
  return null
}
