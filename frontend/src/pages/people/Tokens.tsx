/** Tokens with which scripts speak for one. Each is shown once. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { t } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import type { Token } from '../../core/peopleTypes'
import { problemOf } from '../../core/problem'
import { Confirm } from '../../ui/Confirm'
import { Modal } from '../../ui/Modal'
import { Banner, explain, Failure, Skeleton } from '../../ui/Notice'
import { Secret } from '../../ui/Secret'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'

const TOKENS = ['tokens'] as const
const DAYS = 90
const MOST_DAYS = 365

export function Tokens() {
  const id = useId()
  const [making, setMaking] = useState(false)
  const tokens = useQuery({ queryKey: TOKENS, queryFn: peopleApi.tokens })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('token.title')}</h2>
        <button type="button" className="button" onClick={() => setMaking(true)}>
          {t('token.new')}
        </button>
      </header>
      <p className="note">{t('token.hint')}</p>
      {tokens.data ? (
        <Listed tokens={tokens.data.results} />
      ) : tokens.error ? (
        <Failure error={tokens.error} retry={() => tokens.refetch()} />
      ) : (
        <Skeleton lines={2} tall />
      )}
      {making && <NewToken onClose={() => setMaking(false)} />}
    </section>
  )
}

function Listed({ tokens }: { tokens: readonly Token[] }) {
  const [revoking, setRevoking] = useState<Token | null>(null)
  if (tokens.length === 0) return <p className="muted">{t('token.empty')}</p>
  return (
    <>
      <StackingTable caption={t('token.title')}>
        <thead>
          <tr>
            <th scope="col">{t('token.name')}</th>
            <th scope="col">{t('token.made')}</th>
            <th scope="col">{t('token.ends')}</th>
            <th scope="col">{t('people.column.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(token => (
            <tr key={token.id}>
              <th scope="row">
                {token.name || t('token.unnamed')}
                <code className="muted part">{token.id}…</code>
              </th>
              <td data-label={t('token.made')}>
                <Ago iso={token.made_at} />
              </td>
              <td data-label={t('token.ends')}>
                <Ago iso={token.expires_at} />
              </td>
              <td className="row-end">
                <button
                  type="button"
                  className="button quiet danger"
                  onClick={() => setRevoking(token)}
                >
                  {t('token.revoke')}
                  <span className="hidden"> {token.name}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </StackingTable>
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const queries = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => peopleApi.revokeToken(token.id),
    onSettled: () => queries.invalidateQueries({ queryKey: TOKENS }),
    onSuccess: onClose,
  })
  return (
    <Confirm
      title={t('token.revoke.title', { name: token.name || token.id })}
      label={t('token.revoke')}
      busy={revoking.isPending}
      error={revoking.error}
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
    >
      <p>{t('token.revoke.text')}</p>
    </Confirm>
  )
}

function NewToken({ onClose }: { onClose: () => void }) {
  const id = useId()
  const queries = useQueryClient()
  const making = useMutation({
    mutationFn: ({ name, days }: { name: string; days: number }) =>
      peopleApi.createToken(name, days),
    onSuccess: () => queries.invalidateQueries({ queryKey: TOKENS }),
  })
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (making.isPending) return
    const form = new FormData(event.currentTarget)
    making.mutate({ name: String(form.get('name')).trim(), days: Number(form.get('days')) })
  }
  if (making.data)
    return (
      <Modal title={t('token.made.title')} onClose={onClose}>
        <div className="form">
          <Secret label={making.data.name} value={making.data.token} />
          <p className="hint">{t('token.once')}</p>
          <footer className="modal-foot">
            <button type="button" className="button" onClick={onClose}>
              {t('action.close')}
            </button>
          </footer>
        </div>
      </Modal>
    )
  return (
    <Modal title={t('token.new')} onClose={onClose}>
      <form className="form" onSubmit={make}>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('token.name')}</label>
          <input
            id={`${id}-name`}
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
          />
          <p id={`${id}-hint`} className="hint">
            {t('token.name.hint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-days`}>{t('token.days')}</label>
          <input
            id={`${id}-days`}
            name="days"
            type="number"
            min={1}
            max={MOST_DAYS}
            defaultValue={DAYS}
            required
          />
        </div>
        {making.error && <Banner tone="bad">{explain(problemOf(making.error)).title}</Banner>}
        <footer className="modal-foot">
          <button type="button" className="button" onClick={onClose}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="button primary" aria-disabled={making.isPending}>
            {t('token.make')}
          </button>
        </footer>
      </form>
    </Modal>
  )
}
