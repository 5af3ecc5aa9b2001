/** The rubric with examples of each level, and the keys as they are now. */

import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { answersApi } from '../../core/answersApi'
import type { Example } from '../../core/answersTypes'
import { t } from '../../core/messages'
import type { Dimension, Level, Rubric } from '../../core/types'
import { Drawer } from '../../ui/Drawer'
import { Empty, Skeleton } from '../../ui/Notice'
import { ExampleClip } from './ExampleClip'
import { KeymapEditor } from './KeymapEditor'

type Props = { rubric: Rubric | undefined; asked: Dimension | null; onClose: () => void }

export function HelpDrawer({ rubric, asked, onClose }: Props) {
  const [part, setPart] = useState<'rubric' | 'keys'>('rubric')
  return (
    <Drawer title={t('help.title')} onClose={onClose}>
      <div className="segments">
        {(['rubric', 'keys'] as const).map(one => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={part === one}
            onClick={() => setPart(one)}
          >
            {one === 'rubric' ? t('help.rubric') : t('help.keys')}
          </button>
        ))}
      </div>
      {part === 'keys' ? (
        <KeymapEditor />
      ) : rubric ? (
        <RubricPart rubric={rubric} asked={asked} />
      ) : (
        <Skeleton lines={4} />
      )}
    </Drawer>
  )
}

function RubricPart({ rubric, asked }: { rubric: Rubric; asked: Dimension | null }) {
  const [looking, setLooking] = useState<Dimension>(asked ?? 'object')
  const heading = useId()
  // It follows the question on screen; who looks at another one keeps it until the next.
  useEffect(() => {
    if (asked) setLooking(asked)
  }, [asked])
  const { slug } = usePlace()
  const examples = useQuery({
    queryKey: ['examples', slug],
    queryFn: () => answersApi.examples(slug),
    staleTime: 5 * 60_000,
  })
  const question = rubric.questions.find(({ dimension }) => dimension === looking)
  const clips = examples.data?.[looking] ?? []
  return (
    <>
      {rubric.guideline && <Guideline text={rubric.guideline} />}
      <ol className="letters">
        {rubric.questions.map(({ dimension, letter, title }) => (
          <li key={dimension}>
            <button
              type="button"
              className="letter"
              aria-pressed={dimension === looking}
              aria-label={`${letter}, ${title}`}
              title={title}
              onClick={() => setLooking(dimension)}
            >
              {letter}
            </button>
          </li>
        ))}
      </ol>
      <section className="rubric-part" aria-labelledby={heading}>
        <h3 id={heading}>{question?.title}</h3>
        <p className="rubric-question">{question?.text}</p>
        {question && question.examples.length > 0 && (
          <ul className="rubric-examples" aria-label={t('help.examples.words')}>
            {question.examples.map(example => (
              <li key={example}>{example}</li>
            ))}
          </ul>
        )}
        <dl className="rubric">
          {rubric.levels.map(({ value, phrase, sentence }) => (
            <div key={value}>
              <dt>
                <kbd data-level={value}>{value}</kbd> {phrase}
              </dt>
              <dd>
                <p>{sentence}</p>
                <Clips level={value} clips={clips} />
              </dd>
            </div>
          ))}
        </dl>
        {examples.isPending ? (
          <p className="muted">{t('help.examples.loading')}</p>
        ) : (
          clips.length === 0 && (
            <Empty
              icon="film"
              title={t('help.examples.none')}
              hint={t('help.examples.none.hint')}
            />
          )
        )}
      </section>
    </>
  )
}

function Guideline({ text }: { text: string }) {
  return (
    <details className="guideline">
      <summary>{t('help.guideline')}</summary>
      <p>{text}</p>
    </details>
  )
}

function Clips({ level, clips }: { level: Level; clips: readonly Example[] }) {
  const shown = clips.filter(clip => clip.level === level)
  if (shown.length === 0) return null
  return (
    <ul className="clip-list" aria-label={t('help.examples')}>
      {shown.map(clip => (
        <li key={`${clip.video_url} ${clip.caption_text}`}>
          <ExampleClip example={clip} />
        </li>
      ))}
    </ul>
  )
}
