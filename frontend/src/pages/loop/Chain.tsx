/** Five cards from the ratings to the evaluation, each with its run and its snapshot. */

import { type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { count, DASH, decimal, shortDigest } from '../../core/format'
import type { Champion, Loop, StageOfLoop } from '../../core/loopTypes'
import { t, word } from '../../core/messages'

export function Chain({ loop }: { loop: Loop }) {
  const id = useId()
  const stage = (kind: StageOfLoop['kind']) => loop.stages.find(one => one.kind === kind)
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="hidden">
        {t('loop.chain')}
      </h2>
      <ol className="stage-cards loop-cards">
        <Card title={t('loop.ratings')} figure={count(loop.ratings.all)}>
          {t('loop.ratings.new', { n: loop.ratings.new })}
        </Card>
        <ChampionCard champion={loop.champion} />
        <Selected score={stage('score')} select={stage('select')} />
        <Finetuned stage={stage('finetune')} />
        <Evaluated stage={stage('evaluate')} />
      </ol>
    </section>
  )
}

type CardProps = {
  title: string
  figure?: string | null
  run?: StageOfLoop['run'] | undefined
  kind?: string
  behind?: boolean
  children?: ReactNode
}

/** Without a figure its stage has not ended well yet. */
function Card({ title, figure, run, kind, behind, children }: CardProps) {
  const { slug } = usePlace()
  return (
    <li className="stage-card loop-card">
      <h3>{title}</h3>
      <p className="loop-figure">{figure ?? <span className="muted">{t('loop.notYet')}</span>}</p>
      <p className="muted">{children}</p>
      {run && kind && (
        <p className="loop-source">
          <Link href={`/p/${slug}/runs/${run.id}`}>
            {t('runs.number', { kind: word('kind', kind), id: String(run.id) })}
          </Link>
          <Link className="muted" href={`/p/${slug}/snapshots/${run.snapshot.id}`}>
            {t('loop.snapshot', { digest: shortDigest(run.snapshot.digest) })}
          </Link>
          {behind !== undefined && (
            <span className={behind ? 'tag tag-test' : 'tag'}>
              {behind ? t('loop.behind') : t('loop.current')}
            </span>
          )}
        </p>
      )}
    </li>
  )
}

function ChampionCard({ champion }: { champion: Champion | null }) {
  if (!champion) return <Card title={t('loop.champion')}>{t('loop.champion.none')}</Card>
  const srcc = champion.agreement?.average.srcc?.value ?? null
  return (
    <Card title={t('loop.champion')} figure={decimal(srcc)} run={champion} kind="scorer">
      {t('loop.champion.srcc')} · {t('loop.champion.learnt', { n: champion.ratings })}
    </Card>
  )
}

type OfStage = { stage: StageOfLoop | undefined }

function Selected({ score, select }: Record<'score' | 'select', StageOfLoop | undefined>) {
  const { selected, videos } = select?.figures ?? {}
  const captions = score?.figures.captions
  return (
    <Card
      title={t('loop.selected')}
      figure={whole(selected)}
      run={select?.run}
      kind="select"
      behind={!select?.current}
    >
      {select?.run &&
        t('loop.selected.of', {
          videos: whole(videos) ?? DASH,
          captions: whole(captions) ?? DASH,
        })}
    </Card>
  )
}

function Finetuned({ stage }: OfStage) {
  return (
    <Card
      title={t('loop.finetuned')}
      figure={whole(stage?.figures.captions)}
      run={stage?.run}
      kind="finetune"
      behind={!stage?.current}
    >
      {stage?.run && t('loop.finetuned.on')}
    </Card>
  )
}

function Evaluated({ stage }: OfStage) {
  const { 'fine-tuned': after, base } = stage?.figures ?? {}
  return (
    <Card
      title={t('loop.evaluated')}
      figure={after == null ? null : decimal(after)}
      run={stage?.run}
      kind="evaluate"
      behind={!stage?.current}
    >
      {stage?.run &&
        (base == null
          ? t('loop.evaluated.mean')
          : t('loop.evaluated.from', { base: decimal(base) }))}
    </Card>
  )
}

const whole = (value: number | null | undefined) => (value == null ? null : count(value))
