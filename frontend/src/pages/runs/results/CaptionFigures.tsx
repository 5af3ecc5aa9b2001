/** How much a captioner wrote, with a few of its captions and what it was asked for them. */

import { count, figure } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { CaptionResult } from '../../../core/results'
import { Facts } from './Facts'
import { FailedVideos } from './FailedVideos'

export function CaptionFigures({ result }: { result: Partial<CaptionResult> }) {
  const { captions = 0, videos = 0, frames = 0, shown = [], failed = [] } = result
  return (
    <>
      <Facts
        facts={[
          [t('result.captioner'), result.captioner ?? ''],
          [t('result.written'), count(captions)],
          [t('result.videos'), count(videos)],
          [t('result.words'), figure(Math.round(result.mean_words ?? 0))],
          [t('option.frames'), count(frames)],
          [t('result.model'), result.model ?? ''],
          ...(result.server ? [[t('option.server'), result.server] as const] : []),
        ]}
      />
      <h3>{t('result.written.some')}</h3>
      <ul className="written">
        {shown.map(({ video, kind, prompt, prompt_text, text }) => (
          <li key={video + kind}>
            <p>{text}</p>
            <p className="muted">
              <span title={prompt}>
                {word('choice', kind)}: {prompt_text}
              </span>{' '}
              <code>{video.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ul>
      <FailedVideos failed={failed} />
    </>
  )
}
