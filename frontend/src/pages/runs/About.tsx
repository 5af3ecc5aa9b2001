/** What surrounds a run: where it came from, its options, and the files it left. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { bytes, figure } from '../../core/format'
import { t, word } from '../../core/messages'
import { inFormOrder, whenEmpty } from '../../core/runs'
import type { RunDetail, Stage } from '../../core/types'
import { Digest } from '../../ui/Digest'
import { Icon } from '../../ui/icons'
import { RunBadge } from '../../ui/RunBadge'
import { Section } from './Section'

export function Lineage({ run }: { run: RunDetail }) {
  const { slug } = usePlace()
  const link = (id: number, kind: string) => (
    <Link href={`/p/${slug}/runs/${id}`}>
      {t('runs.number', { kind: word('kind', kind), id: String(id) })}
    </Link>
  )
  return (
    <Section title={t('run.lineage')}>
      <dl className="facts">
        <div>
          <dt>{t('run.lineage.snapshot')}</dt>
          <dd>
            <Digest value={run.snapshot.digest} />
          </dd>
        </div>
        {run.turn !== null && (
          <div>
            <dt>{t('run.lineage.turn')}</dt>
            <dd>{link(run.turn, 'turn')}</dd>
          </div>
        )}
        {(run.kind !== 'turn' || run.parents.length > 0) && (
          <div>
            <dt>{t('run.lineage.parents')}</dt>
            <dd className="stacked">
              {run.parents.length === 0 && t('run.lineage.none')}
              {run.parents.map(parent => (
                <span key={parent.id} className="parent">
                  {link(parent.id, parent.kind)}
                  <RunBadge run={{ state: parent.state, cancel_requested: false }} />
                </span>
              ))}
            </dd>
          </div>
        )}
        {run.digest && (
          <div>
            <dt>{t('run.lineage.digest')}</dt>
            <dd>
              <Digest value={run.digest} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  )
}

export function Config({ run: { kind, config } }: { run: RunDetail }) {
  const entries = inFormOrder(kind, config)
  return (
    <Section title={t('run.config')}>
      {kind === 'turn' ? (
        entries.map(([stage, options]) =>
          stage === 'until' ? (
            <Options key={stage} entries={[[stage, word('kind', String(options))]]} />
          ) : (
            <details key={stage} className="nested">
              <summary>{word('kind', stage)}</summary>
              <Options entries={inFormOrder(stage as Stage, options as RunDetail['config'])} />
            </details>
          ),
        )
      ) : (
        <Options entries={entries} />
      )}
    </Section>
  )
}

function Options({ entries }: { entries: [string, unknown][] }) {
  if (entries.length === 0) return null
  return (
    <dl className="facts">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{word('option', name)}</dt>
          <dd>{shown(name, value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function shown(name: string, value: unknown): string {
  if (value === null || value === undefined) return t(whenEmpty(name))
  if (value === '') return t('option.blank')
  if (typeof value === 'number') return figure(value)
  return typeof value === 'string' ? word('choice', value) : JSON.stringify(value)
}

export function Artifacts({ run: { artifacts, state } }: { run: RunDetail }) {
  if (state === 'failed' || state === 'cancelled') return null
  return (
    <Section title={t('run.artifacts')}>
      {artifacts.length === 0 && <p className="muted">{t('run.artifacts.none')}</p>}
      <ul className="artifacts">
        {artifacts.map(({ name, bytes: size, sha256, url }) => (
          <li key={name}>
            <a
              href={url}
              download
              title={`${t('run.artifact.sha256')} ${sha256}`}
              aria-label={t('run.artifact.download', { name })}
            >
              <Icon name="download" size={15} />
              <span className="name">{name}</span>
            </a>
            <span className="muted">{bytes(size)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
