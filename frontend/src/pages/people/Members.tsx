/** Everybody in the project: roles to tick, work to pause, and a way out. */

import { useId, useState } from 'react'
import { usePlace, useSignedIn } from '../../app/session'
import { ROLES, shownName, withRole } from '../../core/members'
import { t, word } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Member } from '../../core/peopleTypes'
import { problemOf } from '../../core/problem'
import type { Role } from '../../core/types'
import { Banner, Empty, explain } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { useLater } from '../../ui/useLater'
import { usePages } from '../../ui/usePages'
import { Loaded } from '../quality/Loaded'
import { LeaveRole, RemoveMember } from './Leaving'
import { useChange } from './useChange'

/** From here on a list is searched rather than read. */
const MANY = 12

export function Members() {
  const id = useId()
  const { slug } = usePlace()
  const [search, setSearch] = useState('')
  const wanted = useLater(search)
  const query = usePages({
    key: ['members', slug, wanted],
    load: cursor => peopleApi.members(slug, wanted, cursor),
  })
  const pages = query.data?.pages ?? []
  const wholeList = pages.length === 1 && !query.hasNextPage && search === '' && wanted === ''
  const short = wholeList && pages.every(({ results }) => results.length <= MANY)
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('people.members')}</h2>
        {wholeList && (
          <span className="muted">{t('people.count', { n: query.rows?.length ?? 0 })}</span>
        )}
      </header>
      {!short && (pages.length > 0 || search !== '') && (
        <div className="field search">
          <label htmlFor={`${id}-search`}>{t('people.search')}</label>
          <input
            id={`${id}-search`}
            type="search"
            autoComplete="off"
            maxLength={100}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </div>
      )}
      <Loaded query={query}>{members => <Listed members={members} />}</Loaded>
    </section>
  )
}

function Listed({ members }: { members: readonly Member[] }) {
  const [removing, setRemoving] = useState<Member | null>(null)
  const change = useChange()
  const failed = change.error ? members.find(({ id }) => id === change.variables?.id) : undefined
  return (
    <>
      {failed && (
        <Banner tone="bad" title={shownName(failed)}>
          <p>{explain(problemOf(change.error)).title}</p>
        </Banner>
      )}
      {members.length === 0 ? (
        <Empty title={t('people.none')} />
      ) : (
        <StackingTable caption={t('people.members')}>
          <thead>
            <tr>
              <th scope="col">{t('people.column.person')}</th>
              {ROLES.map(role => (
                <th key={role} scope="col" className="tick">
                  {word('role', role)}
                </th>
              ))}
              <th scope="col">{t('people.column.state')}</th>
              <th scope="col">{t('people.column.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map(member => (
              <Row
                key={member.id}
                member={member}
                change={change}
                onRemove={() => setRemoving(member)}
              />
            ))}
          </tbody>
        </StackingTable>
      )}
      {removing && <RemoveMember member={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

type RowProps = { member: Member; change: ReturnType<typeof useChange>; onRemove: () => void }

function Row({ member, change, onRemove }: RowProps) {
  const { user } = useSignedIn()
  const [leaving, setLeaving] = useState(false)
  const { id, name, username, email, paused_at } = member
  const busy = change.isPending && change.variables?.id === id
  // What was asked for is shown at once, and taken back where it is refused.
  const roles = (busy && change.variables?.change.roles) || member.roles
  const itsMe = id === user.id

  const tick = (role: Role, held: boolean) => {
    if (busy) return
    if (itsMe && role === 'admin' && !held) setLeaving(true)
    else change.mutate({ id, change: { roles: withRole(roles, role, held) } })
  }
  return (
    <tr>
      <th scope="row">
        <span className="person">
          <span>
            {shownName(member)} {itsMe && <span className="tag">{t('people.you')}</span>}
          </span>
          <span className="muted">{[name && username, email].filter(Boolean).join(' · ')}</span>
        </span>
      </th>
      {ROLES.map(role => (
        <td key={role} className="tick" data-label={word('role', role)}>
          <label className="tick-target">
            <input
              type="checkbox"
              checked={roles.includes(role)}
              // Whoever has no role at all would be gone: that is what removing is for.
              disabled={roles.length === 1 && roles.includes(role)}
              onChange={event => tick(role, event.target.checked)}
            />
            <span className="hidden">
              {t('people.roleOf', { role: word('role', role), name: username })}
            </span>
          </label>
        </td>
      ))}
      <td data-label={t('people.column.state')}>
        {paused_at ? (
          <span className="badge badge-queued">
            <span className="badge-dot" aria-hidden="true" />
            <span>
              {t('people.paused')} <Ago iso={paused_at} />
            </span>
          </span>
        ) : (
          <span className="badge badge-succeeded">
            <span className="badge-dot" aria-hidden="true" />
            {t('people.working')}
          </span>
        )}
      </td>
      <td className="row-end">
        <div className="row-actions">
          <button
            type="button"
            className={paused_at ? 'button' : 'button quiet'}
            aria-disabled={busy}
            onClick={() => !busy && change.mutate({ id, change: { paused: paused_at === null } })}
          >
            {paused_at ? t('people.resume') : t('people.pause')}
            <span className="hidden"> {username}</span>
          </button>
          <button type="button" className="button quiet danger" onClick={onRemove}>
            {t('people.remove')}
            <span className="hidden"> {username}</span>
          </button>
        </div>
        {leaving && <LeaveRole member={member} onClose={() => setLeaving(false)} />}
      </td>
    </tr>
  )
}
