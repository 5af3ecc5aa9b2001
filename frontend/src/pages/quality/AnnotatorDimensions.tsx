/** What an annotator is like on each dimension: the rater model's figures, gold, and twins. */

import { useId } from 'react'
import { csvLink, toCsv } from '../../core/csv'
import { DASH, percent } from '../../core/format'
import { t, word } from '../../core/messages'
import type { AnnotatorRecord, CheckedDimension } from '../../core/qualityTypes'
import type { QualityReport } from '../../core/reportApi'
import { StackingTable } from '../../ui/StackingTable'
import { MODELLED, ModelCell } from './report/AnnotatorModel'
import { ReportFrame } from './report/ReportFrame'

type Props = { record: AnnotatorRecord }

export function AnnotatorDimensions({ record }: Props) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('annotator.dimensions')}</h2>
      </header>
      <p className="note">{t('annotator.dimensions.hint')}</p>
      <ReportFrame byRubric>{report => <Figures record={record} report={report} />}</ReportFrame>
      <dl className="legend">
        {MODELLED.map(figure => (
          <div key={figure}>
            <dt>{word('raters.column', figure)}</dt>
            <dd>{word('raters.means', figure)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const of = (checked: readonly CheckedDimension[] | undefined, name: string) =>
  checked?.find(({ dimension }) => dimension === name)

function Figures({ record, report }: Props & { report: QualityReport }) {
  const { id, username } = record.annotator
  const rows = report.dimensions.map(({ dimension, annotators }) => ({
    dimension,
    figures: annotators.find(row => row.id === id),
    gold: of(record.gold?.dimensions, dimension),
    twins: of(record.twins?.dimensions, dimension),
  }))
  const csv = toCsv(
    ['dimension', ...MODELLED, 'gold', 'gold_answers', 'twins', 'twins_shown'],
    rows.map(({ dimension, figures, gold, twins }) => [
      dimension,
      ...MODELLED.map(figure => figures?.[figure] ?? null),
      gold?.share ?? null,
      gold?.answers ?? 0,
      twins?.share ?? null,
      twins?.answers ?? 0,
    ]),
  )
  return (
    <>
      <StackingTable caption={t('annotator.dimensions')}>
        <thead>
          <tr>
            <th scope="col">{t('overview.dimension')}</th>
            {MODELLED.map(figure => (
              <th key={figure} scope="col" className="number">
                {word('raters.column', figure)}
              </th>
            ))}
            <th scope="col">{t('annotator.gold')}</th>
            <th scope="col">{t('annotator.noticed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ dimension, figures, gold, twins }) => (
            <tr key={dimension}>
              <th scope="row">{word('dimension', dimension)}</th>
              {MODELLED.map(figure => (
                <ModelCell key={figure} figure={figure} annotator={figures} />
              ))}
              <Checked label={t('annotator.gold')} checked={gold} />
              <Checked label={t('annotator.noticed')} checked={twins} />
            </tr>
          ))}
        </tbody>
      </StackingTable>
      <p className="actions">
        <a className="button" href={csvLink(csv)} download={`${username}-${report.id}.csv`}>
          {t('report.download')}
        </a>
      </p>
    </>
  )
}

function Checked({ label, checked }: { label: string; checked: CheckedDimension | undefined }) {
  return (
    <td data-label={label}>
      {checked ? (
        <span className="share">
          {percent(checked.share)}{' '}
          <span className="muted">{t('quality.of', { n: checked.answers })}</span>
        </span>
      ) : (
        <span className="muted">{DASH}</span>
      )}
    </td>
  )
}
