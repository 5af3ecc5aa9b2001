/** Bridges: how far each has come, and how the levels moved from the old words to the new. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { decimal } from '../../core/format'
import { t, word } from '../../core/messages'
import { fieldErrors, problemOf } from '../../core/problem'
import { settingsApi } from '../../core/settingsApi'
import type { Bridge, Estimate } from '../../core/settingsTypes'
import { Meter } from '../../ui/Meter'
import { Modal } from '../../ui/Modal'
import { Banner, Empty, explain, Failure, Skeleton } from '../../ui/Notice'
import { Table } from '../../ui/Table'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'

export function Bridges({ newest, admin }: { newest: number; admin: boolean }) {
  const id = useId()
  const { slug } = usePlace()
  const [building, setBuilding] = useState(false)
  const bridges = usePages({
    key: ['bridges', slug],
    load: cursor => settingsApi.bridges(slug, cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('bridge.title')}</h2>
        {admin && newest > 1 && (
          <button type="button" className="button" onClick={() => setBuilding(true)}>
            {t('bridge.new')}
          </button>
        )}
      </header>
      <p className="muted">{t('bridge.hint')}</p>
      <Loaded query={bridges} lines={2}>
        {rows =>
          rows.length === 0 ? (
            <Empty
              title={t('bridge.empty')}
              {...(newest === 1 ? { hint: t('bridge.first') } : {})}
            />
          ) : (
            <ol className="bridge-list">
              {rows.map(bridge => (
                <li key={bridge.id}>
                  <OneBridge bridge={bridge} />
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      {building && <BuildDialog newest={newest} onClose={() => setBuilding(false)} />}
    </section>
  )
}

function OneBridge({ bridge }: { bridge: Bridge }) {
  const id = useId()
  const { before, after, captions, finished, drawn_from } = bridge
  const name = t('bridge.name', { before, after })
  const progress = t('bridge.progress', { finished, n: captions })
  return (
    <article aria-labelledby={id} className="bridge">
      <header>
        <h3 id={id}>{name}</h3>
        <p className="muted">
          {progress}, {t('bridge.drawn', { n: drawn_from })} · {t('rubric.by', { name: bridge.by })}
          , <Ago iso={bridge.made_at} />
        </p>
      </header>
      <Meter value={captions ? finished / captions : 0} label={`${name}: ${progress}`} />
      <Shifts bridge={bridge.id} name={name} />
    </article>
  )
}

function Shifts({ bridge, name }: { bridge: number; name: string }) {
  const { slug } = usePlace()
  const found = useQuery({
    queryKey: ['bridge', slug, bridge],
    queryFn: () => settingsApi.bridge(slug, bridge),
  })
  if (!found.data)
    return found.error ? (
      <Failure error={found.error} retry={() => found.refetch()} />
    ) : (
      <Skeleton lines={3} />
    )
  return (
    <>
      <Table caption={`${t('bridge.shift')}: ${name}`}>
        <thead>
          <tr>
            <th scope="col">{t('bridge.shift')}</th>
            <th scope="col">{t('bridge.shift.level')}</th>
            <th scope="col">{t('bridge.shift.involved')}</th>
            <th scope="col" className="number">
              {t('bridge.shift.captions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.data.shifts.map(({ dimension, level, involved }) => (
            <tr key={dimension}>
              <th scope="row">{word('dimension', dimension)}</th>
              <td>
                <Moved estimate={level} digits={2} />
              </td>
              <td>
                <Moved estimate={involved} digits={2} />
              </td>
              <td className="number">{level.captions}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="hint">{t('bridge.shift.note')}</p>
    </>
  )
}

function Moved({ estimate, digits }: { estimate: Estimate; digits: number }) {
  const { mean, low, high } = estimate
  if (mean === null) return <span className="muted">–</span>
  const shown = (value: number) => decimal(value, digits)
  return (
    <>
      {mean > 0 ? '+' : ''}
      {shown(mean)}{' '}
      <span className="muted">
        {low === null || high === null
          ? t('bridge.shift.none')
          : t('bridge.shift.interval', { low: shown(low), high: shown(high) })}
      </span>
    </>
  )
}

const CAPTIONS = 100
const MOST_CAPTIONS = 2000
const MOST_OVERLAP = 100

function BuildDialog({ newest, onClose }: { newest: number; onClose: () => void }) {
  const id = useId()
  const { slug } = usePlace()
  const queries = useQueryClient()
  const building = useMutation({
    mutationFn: (wanted: { before: number; captions: number; overlap: number }) =>
      settingsApi.buildBridge(slug, wanted),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['bridges', slug] })
      onClose()
    },
  })
  const problem = building.error ? problemOf(building.error) : null
  const wrong = fieldErrors(problem?.errors)
  const build = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (building.isPending) return
    const form = new FormData(event.currentTarget)
    const number = (name: string) => Number(form.get(name))
    building.mutate({
      before: number('before'),
      captions: number('captions'),
      overlap: number('overlap'),
    })
  }
  const count = (
    name: 'captions' | 'overlap',
    [label, hint]: [string, string],
    [usual, most]: [number, number],
  ) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        name={name}
        type="number"
        min={1}
        max={most}
        defaultValue={usual}
        required
        aria-invalid={Boolean(wrong[name])}
        aria-describedby={`${id}-${name}-hint`}
      />
      <p id={`${id}-${name}-hint`} className={wrong[name] ? 'wrong' : 'hint'}>
        {wrong[name] ?? hint}
      </p>
    </div>
  )
  return (
    <Modal title={t('bridge.new')} onClose={onClose}>
      <form className="form" onSubmit={build}>
        <div className="field">
          <label htmlFor={`${id}-before`}>{t('bridge.from')}</label>
          <select id={`${id}-before`} name="before" defaultValue={newest - 1}>
            {Array.from({ length: newest - 1 }, (_, before) => newest - 1 - before).map(version => (
              <option key={version} value={version}>
                {t('rubric.version', { n: version })}
              </option>
            ))}
          </select>
        </div>
        {count(
          'captions',
          [t('bridge.captions'), t('bridge.captions.hint')],
          [CAPTIONS, MOST_CAPTIONS],
        )}
        {count('overlap', [t('bridge.overlap'), t('bridge.overlap.hint')], [1, MOST_OVERLAP])}
        {problem && Object.keys(wrong).length === 0 && (
          <Banner tone="bad">{explain(problem).title}</Banner>
        )}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={building.isPending}>
            {building.isPending ? t('bridge.building') : t('bridge.build')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
