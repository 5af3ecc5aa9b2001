/** What became of one file, and of which of its lines. */

import { t } from '../../core/messages'
import type { CaptionsReport, FileReport, LineNote, VideoReport } from '../../core/types'

const FEW = 20

export function Report({ report }: { report: VideoReport | CaptionsReport | FileReport }) {
  const lines = 'lines' in report ? report.lines : undefined
  const isOfFiles = 'kind' in report && report.kind === 'files'
  const problems = ('problems' in report ? report.problems : undefined) ?? []
  const skips = ('skips' in report ? report.skips : undefined) ?? []
  return (
    <div className="report">
      {report.reason && (
        <p className={report.outcome === 'refused' ? 'wrong' : 'muted'}>{report.reason}</p>
      )}
      {lines !== undefined && report.outcome !== 'refused' && (
        <p className="muted">
          {t(isOfFiles ? 'report.files' : 'report.lines', {
            n: lines,
            accepted: ('accepted' in report && report.accepted) || 0,
            skipped: ('skipped' in report && report.skipped) || 0,
          })}
        </p>
      )}
      {problems.length > 0 && (
        <Lines
          title={t('report.problems', { n: problems.length })}
          notes={problems}
          open={problems.length <= FEW}
        />
      )}
      {skips.length > 0 && <Lines title={t('report.skips', { n: skips.length })} notes={skips} />}
    </div>
  )
}

function Lines({
  title,
  notes,
  open = false,
}: {
  title: string
  notes: readonly LineNote[]
  open?: boolean
}) {
  return (
    <details className="lines" open={open}>
      <summary>{title}</summary>
      <ul>
        {notes.map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            <strong>{t('report.line', { line })}</strong> {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
