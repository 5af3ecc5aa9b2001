/** What a run found, in the words of its kind. */

import { t } from '../../core/messages'
import { resultOf, type ScorerResult } from '../../core/results'
import type { RunDetail } from '../../core/types'
import { CaptionFigures } from './results/CaptionFigures'
import { EvaluateFigures } from './results/EvaluateFigures'
import { FinetuneFigures } from './results/FinetuneFigures'
import { BesideIt } from './results/report/BesideIt'
import { ByDimension } from './results/report/ByDimension'
import { DegradedTwins } from './results/report/DegradedTwins'
import { Looks } from './results/report/Looks'
import { MoreRatings } from './results/report/MoreRatings'
import { ScoreFigures } from './results/ScoreFigures'
import { ScorerFigures } from './results/ScorerFigures'
import { SelectFigures } from './results/SelectFigures'
import { Section } from './Section'

export function Result({ run }: { run: RunDetail }) {
  if (run.kind === 'turn') return <TurnResult turn={run} />
  if (run.state !== 'succeeded') return null
  const scorer = resultOf(run, 'scorer')
  return (
    <>
      <Section title={t('run.result')}>
        <Figures run={run} />
      </Section>
      {scorer && <OfScorer result={scorer} />}
    </>
  )
}

/** What is told of a scorer where it was tested on anything. */
function OfScorer({ result }: { result: Partial<ScorerResult> }) {
  const { report, curve, twins } = result
  const tested = (report?.captions ?? result.test_captions) !== 0
  return (
    <>
      {tested && <BesideIt result={result} />}
      {tested && report && <ByDimension report={report} />}
      {tested && <DegradedTwins twins={twins} />}
      {tested && <MoreRatings curve={curve} />}
      <Looks result={result} />
    </>
  )
}

function Figures({ run }: { run: RunDetail }) {
  const scorer = resultOf(run, 'scorer')
  if (scorer) return <ScorerFigures result={scorer} artifacts={run.artifacts} />
  const caption = resultOf(run, 'caption')
  if (caption) return <CaptionFigures result={caption} />
  const score = resultOf(run, 'score')
  if (score) return <ScoreFigures result={score} />
  const select = resultOf(run, 'select')
  if (select) return <SelectFigures run={run.id} result={select} />
  const finetune = resultOf(run, 'finetune')
  if (finetune) return <FinetuneFigures result={finetune} />
  const distill = resultOf(run, 'distill')
  if (distill) return <FinetuneFigures result={distill} teacher={distill.teacher} />
  const evaluate = resultOf(run, 'evaluate')
  if (evaluate) return <EvaluateFigures result={evaluate} />
  return <p className="muted">{t('run.result.none')}</p>
}

/** A turn's result is that of its last stage. */
function TurnResult({ turn }: { turn: RunDetail }) {
  const last = turn.stages.find(({ kind, state }) => kind === 'evaluate' && state === 'succeeded')
  const result = last && resultOf(last, 'evaluate')
  if (!result) return null
  return (
    <Section title={t('run.result')}>
      <EvaluateFigures result={result} />
    </Section>
  )
}
