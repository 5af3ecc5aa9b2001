/** What the captioner learnt from, how far its loss fell, and the name of its weights. */

import { count, figure } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { FinetuneResult } from '../../../core/results'
import { Digest } from '../../../ui/Digest'
import { Facts } from './Facts'
import { FailedVideos } from './FailedVideos'

type Props = { result: Partial<FinetuneResult>; teacher?: string | undefined }

export function FinetuneFigures({ result, teacher }: Props) {
  const optional = (value: number | undefined) => (value === undefined ? '' : figure(value))
  return (
    <>
      <Facts
        facts={[
          ...(teacher ? [[t('option.teacher'), word('choice', teacher)] as const] : []),
          [t('result.trainedCaptions'), count(result.captions ?? 0)],
          [t('result.steps'), count(result.steps ?? 0)],
          [t('result.lossFirst'), optional(result.loss_first)],
          [t('result.lossLast'), optional(result.loss_last)],
          result.lora_rank === null
            ? [t('option.adapt'), t('result.allWeights')]
            : [t('result.rank'), count(result.lora_rank ?? 0)],
          [t('result.parameters'), count(result.trainable_parameters ?? 0)],
          [t('result.model'), result.model ?? ''],
        ]}
      />
      <Samples samples={result.samples ?? []} />
      {result.weights_sha256 && (
        <p>
          <span className="muted">{t('result.weights')}</span>{' '}
          <Digest value={result.weights_sha256} />
        </p>
      )}
      <FailedVideos failed={result.failed ?? []} />
    </>
  )
}

function Samples({ samples }: Pick<FinetuneResult, 'samples'>) {
  if (samples.length === 0) return null
  return (
    <>
      <h3>{t('result.samples')}</h3>
      <ul className="written">
        {samples.map(({ video, before, after }) => (
          <li key={video}>
            <p>{after}</p>
            <p className="muted">
              {t('result.samples.before', { text: before })} <code>{video.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
