/** The videos that a run could not read, and why. */

import { t } from '../../../core/messages'
import type { FailedVideo } from '../../../core/results'

export function FailedVideos({ failed }: { failed: readonly FailedVideo[] }) {
  if (failed.length === 0) return null
  return (
    <details className="lines" open>
      <summary>{t('result.failed')}</summary>
      <ul>
        {failed.map(({ video, reason }) => (
          <li key={video + reason}>
            <code>{video.slice(0, 12)}</code> {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
