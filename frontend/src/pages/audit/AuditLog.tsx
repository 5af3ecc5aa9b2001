/** The audit log of a project or an organisation: narrowed, read, and taken home. */

import { type ReactNode, useId, useState } from 'react'
import {
  auditApi,
  type Entry,
  EVERYTHING,
  type Kind,
  type Place,
  type Wanted,
} from '../../core/auditApi'
import { t, word } from '../../core/messages'
import { Icon } from '../../ui/icons'
import { Empty } from '../../ui/Notice'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'
import { OneEntry } from './OneEntry'

type Only = { id: number; name: string }
type Props = { place: Place; kinds: readonly Kind[]; lead: string }

export function AuditLog({ place, kinds, lead }: Props) {
  const id = useId()
  const [wanted, setWanted] = useState(EVERYTHING)
  const [only, setOnly] = useState<Only | null>(null)
  const narrow = (change: Partial<Wanted>) => setWanted({ ...wanted, ...change })
  const one = (person: Only | null) => {
    setOnly(person)
    narrow({ person: person?.id ?? null })
  }
  const query = usePages({
    key: ['audit', place.of, place.slug, wanted],
    load: cursor => auditApi.entries(place, wanted, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('audit.title')}</h2>
        <div className="actions">
          {(['csv', 'jsonl'] as const).map(form => (
            <a key={form} className="button" href={auditApi.file(place, wanted, form)} download>
              <Icon name="download" size={14} />
              <span className="hidden">{t('audit.download')} </span>
              {form.toUpperCase()}
            </a>
          ))}
        </div>
      </header>
      <p className="muted">{lead}</p>
      <Filters wanted={wanted} kinds={kinds} onChange={narrow}>
        {only && (
          <button
            type="button"
            className="button"
            aria-label={`${t('audit.only', { name: only.name })}. ${t('audit.only.end')}`}
            onClick={() => one(null)}
          >
            {t('audit.only', { name: only.name })} <Icon name="cross" size={14} />
          </button>
        )}
      </Filters>
      <Loaded query={query}>
        {entries =>
          entries.length === 0 ? (
            <Nothing narrowed={wanted !== EVERYTHING} />
          ) : (
            <Entries entries={entries} ofMany={place.of === 'organisations'} onOnly={one} />
          )
        }
      </Loaded>
    </section>
  )
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <Empty title={t('audit.none')} hint={t('audit.none.hint')} />
  ) : (
    <Empty title={t('audit.empty')} />
  )
}

type EntriesProps = { entries: Entry[]; ofMany: boolean; onOnly: (person: Only) => void }

function Entries({ entries, ofMany, onOnly }: EntriesProps) {
  return (
    <ol className="audit-list" aria-label={t('audit.list')}>
      {entries.map(entry => (
        <li key={entry.id}>
          <OneEntry entry={entry} ofMany={ofMany} onOnly={onOnly} />
        </li>
      ))}
    </ol>
  )
}

type FiltersProps = {
  wanted: Wanted
  kinds: readonly Kind[]
  onChange: (change: Partial<Wanted>) => void
  children: ReactNode
}

function Filters({ wanted, kinds, onChange, children }: FiltersProps) {
  const id = useId()
  const day = (name: 'since' | 'until', label: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        type="date"
        value={wanted[name]}
        onChange={event => onChange({ [name]: event.target.value })}
      />
    </div>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className="audit-filters" role="group" aria-label={t('audit.filters')}>
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t('audit.kind.label')}</label>
        <select
          id={`${id}-kind`}
          value={wanted.kind}
          onChange={event => onChange({ kind: event.target.value as Kind | '' })}
        >
          <option value="">{t('audit.kind.all')}</option>
          {kinds.map(kind => (
            <option key={kind} value={kind}>
              {word('audit.kind', kind)}
            </option>
          ))}
        </select>
      </div>
      {day('since', t('audit.since'))}
      {day('until', t('audit.until'))}
      {children}
    </div>
  )
}
