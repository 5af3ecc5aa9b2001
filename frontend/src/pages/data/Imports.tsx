/** Earlier imports, the newest first, with their reports. */

import { useId } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { t, word } from '../../core/messages'
import type { FileReport, Import } from '../../core/types'
import { LoadMore } from '../../ui/LoadMore'
import { Failure, Skeleton } from '../../ui/Notice'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Report } from './Report'

export function Imports() {
  const id = useId()
  const { slug } = usePlace()
  const imports = usePages({ key: ['imports', slug], load: cursor => api.imports(slug, cursor) })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('imports.title')}</h2>
      </header>
      {imports.rows ? (
        <ul className="imports">
          {imports.rows.map(one => (
            <ImportRow key={one.id} one={one} />
          ))}
          {imports.rows.length === 0 && <li className="muted">{t('imports.empty')}</li>}
        </ul>
      ) : imports.error ? (
        <Failure error={imports.error} retry={() => imports.refetch()} />
      ) : (
        <Skeleton />
      )}
      <LoadMore query={imports} />
    </section>
  )
}

function ImportRow({ one: { at, by, report } }: { one: Import }) {
  const files = report.files ?? []
  const [only] = files
  return (
    <li className="import">
      <div className="import-head">
        <span className="muted">
          <Ago iso={at} /> {by ? t('imports.by', { name: by }) : t('imports.commandLine')}
        </span>
      </div>
      {files.length === 1 && only ? (
        <File file={only} />
      ) : (
        <details>
          <summary>{summaryOf(files)}</summary>
          {files.map(file => (
            <File key={file.name} file={file} />
          ))}
        </details>
      )}
    </li>
  )
}

function File({ file }: { file: FileReport }) {
  return (
    <div className="import-file">
      <div className="upload-head">
        <span className="name">{file.name}</span>
        <span className={`tag tag-${file.outcome}`}>{word('outcome', file.outcome)}</span>
      </div>
      <Report report={file} />
    </div>
  )
}

/** "12 Accepted, 3 Already here" */
function summaryOf(files: readonly FileReport[]): string {
  const outcomes = ['accepted', 'skipped', 'refused'] as const
  return outcomes
    .map(outcome => [outcome, files.filter(file => file.outcome === outcome).length] as const)
    .filter(([, n]) => n > 0)
    .map(([outcome, n]) => `${n} ${word('outcome', outcome).toLowerCase()}`)
    .join(', ')
}
