/** An entry: its sentence, and behind it every column from what to what. */

import type { Entry } from '../../core/auditApi'
import { named, sentence, shown, way } from '../../core/auditSentence'
import { t, word } from '../../core/messages'
import { Table } from '../../ui/Table'
import { Ago, Moment } from '../../ui/Time'

type Props = {
  entry: Entry
  /** Whether it is to be said which project it is of. */
  ofMany: boolean
  onOnly: (person: { id: number; name: string }) => void
}

export function OneEntry({ entry, ofMany, onOnly }: Props) {
  const { by } = entry
  const said = sentence(entry)
  return (
    <article className="audit-entry">
      <p className="audit-sentence">{said}</p>
      <p className="muted">
        <Ago iso={entry.at} /> · {word('audit.kind', entry.kind)}
        {ofMany && entry.project && ` · ${entry.project.name}`}
      </p>
      <details>
        <summary>
          {t('audit.details')}
          <span className="hidden">: {said}</span>
        </summary>
        <p className="muted">
          <Moment iso={entry.at} /> · {way(entry)}
        </p>
        {entry.changes.length > 0 && <Changes entry={entry} said={said} />}
        {by && (
          <button
            type="button"
            className="button quiet"
            onClick={() => onOnly({ id: by.id, name: by.name || by.username || String(by.id) })}
          >
            {t('audit.only', { name: by.name || String(by.id) })}
          </button>
        )}
      </details>
    </article>
  )
}

function Changes({ entry, said }: { entry: Entry; said: string }) {
  return (
    <Table caption={said}>
      <thead>
        <tr>
          <th scope="col">{t('audit.column')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {entry.changes.map(({ column, before, after }) => (
          <tr key={column}>
            <th scope="row">{named(column)}</th>
            <td>{shown(column, before, entry)}</td>
            <td>{shown(column, after, entry)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
