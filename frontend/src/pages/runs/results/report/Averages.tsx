/** The head of a scorer's report: its figures on average, and what choosing by it is worth. */

import { t, word } from '../../../../core/messages'
import { FIGURES, type ScorerReport } from '../../../../core/scorerReport'
import { FiguresTable } from './FiguresTable'

export function Averages({ report }: { report: ScorerReport }) {
  return (
    <>
      {report.videos === 1 && <p className="note">{t('evaluation.oneVideo')}</p>}
      <FiguresTable
        title={t('evaluation.average')}
        figures={report.average}
        ceiling={report.average_ceiling}
      />
      <FiguresTable title={t('evaluation.overall')} figures={report.overall} />
      <p className="note">
        {report.videos > 1 && t('evaluation.note')} {t('evaluation.note.person')}
      </p>
      <details className="nested">
        <summary>{t('evaluation.legend')}</summary>
        <dl className="legend">
          {FIGURES.map(figure => (
            <div key={figure}>
              <dt>{word('evaluation.name', figure)}</dt>
              <dd>{word('evaluation.means', figure)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
