/** How far annotators agree, on levels and on what is involved, dimension by dimension. */

import { useId } from 'react'
import {
  agreementCsv,
  estimateOf,
  PARTS,
  type Part,
  type Statistic,
  statisticsOf,
} from '../../../core/agreementTable'
import { csvLink } from '../../../core/csv'
import { DASH, decimal } from '../../../core/format'
import { t, word } from '../../../core/messages'
import type { DimensionReport, Estimate, QualityReport } from '../../../core/reportApi'
import { IntervalPlot, type IntervalRow } from '../../../ui/chart/IntervalPlot'
import { Table } from '../../../ui/Table'
import { ReportFrame } from './ReportFrame'

export function AgreementTab() {
  return <ReportFrame byRubric>{report => <Parts report={report} />}</ReportFrame>
}

function Parts({ report }: { report: QualityReport }) {
  return (
    <>
      {PARTS.map(part => (
        <OnePart key={part} part={part} dimensions={report.dimensions} />
      ))}
      <p className="actions">
        <a
          className="button"
          href={csvLink(agreementCsv(report.dimensions))}
          download={`agreement-${report.id}-rubric-${report.rubric ?? 0}.csv`}
        >
          {t('report.download')}
        </a>
      </p>
    </>
  )
}

type PartProps = { part: Part; dimensions: readonly DimensionReport[] }

function OnePart({ part, dimensions }: PartProps) {
  const id = useId()
  const statistics = statisticsOf(part)
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{word('agreement.part', part)}</h2>
      </header>
      <p className="note">{word('agreement.hint', part)}</p>
      <Alphas part={part} dimensions={dimensions} />
      <Table caption={word('agreement.part', part)}>
        <thead>
          <tr>
            <th scope="col">{t('overview.dimension')}</th>
            {statistics.map(statistic => (
              <th key={statistic} scope="col" className="number">
                {nameOf(part, statistic)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dimensions.map(report => (
            <tr key={report.dimension}>
              <th scope="row">{word('dimension', report.dimension)}</th>
              {statistics.map(statistic => (
                <Figure key={statistic} estimate={estimateOf(report, part, statistic)} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <Why part={part} dimensions={dimensions} />
      <dl className="legend">
        {statistics.map(statistic => (
          <div key={statistic}>
            <dt>{nameOf(part, statistic)}</dt>
            <dd>{word('agreement.means', statistic)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Krippendorff's alpha, drawn. The same figures stand in the table below. */
function Alphas({ part, dimensions }: PartProps) {
  const rows = dimensions.flatMap((report): IntervalRow[] => {
    const { value, low, high } = estimateOf(report, part, 'alpha')
    if (value === null || low === null || high === null) return []
    return [
      {
        name: word('dimension', report.dimension),
        tone: '',
        interval: { value, low, high },
      },
    ]
  })
  if (rows.length === 0) return null
  return (
    <figure className="interval-figure">
      <figcaption className="figure-name">{nameOf(part, 'alpha')}</figcaption>
      <IntervalPlot rows={rows} />
    </figure>
  )
}

const nameOf = (part: Part, statistic: Statistic) =>
  part === 'level' && (statistic === 'alpha' || statistic === 'kappa')
    ? word('agreement.ordinal', statistic)
    : word('agreement.statistic', statistic)

function Figure({ estimate: { value, low, high, reason } }: { estimate: Estimate }) {
  if (value === null)
    return (
      <td className="number muted" title={reason ? word('agreement.reason', reason) : undefined}>
        {DASH}
      </td>
    )
  return (
    <td className="number">
      {decimal(value)}
      {low !== null && high !== null && (
        <span className="muted part">
          {decimal(low)} – {decimal(high)}
        </span>
      )}
    </td>
  )
}

/** In words, where a figure or its interval is missing. */
function Why({ part, dimensions }: PartProps) {
  const lines = new Map<string, string[]>()
  for (const report of dimensions) {
    const reasons = statisticsOf(part).flatMap(
      statistic => estimateOf(report, part, statistic).reason ?? [],
    )
    for (const reason of new Set(reasons))
      lines.set(reason, [...(lines.get(reason) ?? []), word('dimension', report.dimension)])
  }
  if (lines.size === 0) return null
  return (
    <ul className="report-why">
      {[...lines].map(([reason, names]) => (
        <li key={reason}>
          <strong>{names.join(', ')}:</strong> {word('agreement.reason', reason)}
        </li>
      ))}
    </ul>
  )
}
