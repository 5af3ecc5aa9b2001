/** What each annotator is like, by the rater model, with the plain figures beside it. */

import { useId, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../../app/session'
import { csvLink, toCsv } from '../../../core/csv'
import { count, DASH, decimal, percent } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { AnnotatorFigures, DimensionReport, QualityReport } from '../../../core/reportApi'
import type { Dimension } from '../../../core/types'
import { IntervalPlot, type IntervalRow } from '../../../ui/chart/IntervalPlot'
import { DimensionChoice } from '../../../ui/DimensionChoice'
import { StackingTable } from '../../../ui/StackingTable'
import { ReportFrame } from './ReportFrame'

/** Of a normal distribution, 95 % lie so many deviations around the mean. */
const WIDE = 1.96
export const MODELLED = ['bias', 'noise', 'guessing', 'sensitivity', 'specificity'] as const
type Modelled = (typeof MODELLED)[number]

export function AnnotatorModel() {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('raters.title')}</h2>
      </header>
      <p className="note">{t('raters.hint')}</p>
      <ReportFrame byRubric>{report => <ByDimension report={report} />}</ReportFrame>
    </section>
  )
}

function ByDimension({ report }: { report: QualityReport }) {
  const [shown, setShown] = useState<Dimension>('object')
  const found = report.dimensions.find(({ dimension }) => dimension === shown)
  if (!found || found.annotators.length === 0) return <p className="muted">{t('raters.empty')}</p>
  return (
    <>
      <DimensionChoice shown={shown} onShow={setShown} />
      <Biases annotators={found.annotators} />
      <Figures annotators={found.annotators} />
      <dl className="legend">
        {MODELLED.map(figure => (
          <div key={figure}>
            <dt>{word('raters.column', figure)}</dt>
            <dd>{word('raters.means', figure)}</dd>
          </div>
        ))}
      </dl>
      <p className="actions">
        <a
          className="button"
          href={csvLink(ratersCsv(report.dimensions))}
          download={`annotators-${report.id}-rubric-${report.rubric ?? 0}.csv`}
        >
          {t('report.download')}
        </a>
      </p>
    </>
  )
}

function Biases({ annotators }: { annotators: readonly AnnotatorFigures[] }) {
  const rows = annotators.flatMap(({ username, bias, bias_sd }): IntervalRow[] =>
    bias === null || bias_sd === null
      ? []
      : [
          {
            name: username,
            tone: '',
            interval: { value: bias, low: bias - WIDE * bias_sd, high: bias + WIDE * bias_sd },
          },
        ],
  )
  if (rows.length === 0) return null
  return (
    <figure className="interval-figure">
      <figcaption className="figure-name">{t('raters.plot')}</figcaption>
      <IntervalPlot rows={rows} />
    </figure>
  )
}

function Figures({ annotators }: { annotators: readonly AnnotatorFigures[] }) {
  const { slug } = usePlace()
  return (
    <StackingTable caption={t('raters.title')}>
      <thead>
        <tr>
          <th scope="col">{t('quality.column.annotator')}</th>
          <th scope="col" className="number">
            {t('raters.ratings')}
          </th>
          <th scope="col" className="number">
            {t('raters.plain')}
          </th>
          {MODELLED.map(figure => (
            <th key={figure} scope="col" className="number">
              {word('raters.column', figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {annotators.map(annotator => (
          <tr key={annotator.id}>
            <th scope="row">
              <Link href={`/p/${slug}/quality/annotators/${annotator.id}`}>
                {annotator.username}
              </Link>
            </th>
            <td className="number" data-label={t('raters.ratings')}>
              {count(annotator.ratings)}
            </td>
            <td className="number" data-label={t('raters.plain')}>
              {annotator.plain_level === null ? DASH : decimal(annotator.plain_level)}
            </td>
            {MODELLED.map(figure => (
              <ModelCell key={figure} figure={figure} annotator={annotator} />
            ))}
          </tr>
        ))}
      </tbody>
    </StackingTable>
  )
}

const SHARES: readonly Modelled[] = ['guessing', 'sensitivity', 'specificity']

type CellProps = { figure: Modelled; annotator: AnnotatorFigures | undefined }

export function ModelCell({ figure, annotator }: CellProps) {
  const value = annotator?.[figure] ?? null
  const deviation = annotator?.[`${figure}_sd`] ?? null
  const written = SHARES.includes(figure) ? percent : decimal
  return (
    <td className="number" data-label={word('raters.column', figure)}>
      {value === null ? (
        <span className="muted">{DASH}</span>
      ) : (
        <span>
          {written(value)}
          {deviation !== null && <span className="muted part">± {written(deviation)}</span>}
        </span>
      )}
    </td>
  )
}

const PLAIN = ['ratings', 'levels', 'plain_involved', 'plain_level'] as const

function ratersCsv(dimensions: readonly DimensionReport[]): string {
  const figures = MODELLED.flatMap(figure => [figure, `${figure}_sd`] as const)
  return toCsv(
    ['dimension', 'annotator', ...PLAIN, ...figures],
    dimensions.flatMap(({ dimension, annotators }) =>
      annotators.map(annotator => [
        dimension,
        annotator.username,
        ...PLAIN.map(figure => annotator[figure]),
        ...figures.map(figure => annotator[figure]),
      ]),
    ),
  )
}
