/** Each annotator against what is known: practice, gold, twins, themselves. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { count, DASH, duration, percent } from '../../core/format'
import { shownName } from '../../core/members'
import { t, word } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { Standing, StandingState } from '../../core/qualityTypes'
import { Confirm } from '../../ui/Confirm'
import { LoadMore } from '../../ui/LoadMore'
import { Empty, Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { useSome } from '../../ui/useSome'
import { AnnotatorModel } from './report/AnnotatorModel'

export function Annotators() {
  return (
    <>
      <Records />
      <AnnotatorModel />
    </>
  )
}

function Records() {
  const id = useId()
  const { slug } = usePlace()
  const standings = useQuery({
    queryKey: ['standings', slug],
    queryFn: () => qualityApi.standings(slug),
  })
  const protocol = useQuery({
    queryKey: ['protocol', slug],
    queryFn: () => qualityApi.protocol(slug),
  })
  // Where practice is not asked for, who has not qualified may rate all the same.
  const free = protocol.data?.practice_required === false
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('quality.annotators')}</h2>
      </header>
      {free && <p className="note">{t('quality.open')}</p>}
      {standings.data ? (
        <Rows standings={standings.data} free={free} />
      ) : standings.error ? (
        <Failure error={standings.error} retry={() => standings.refetch()} />
      ) : (
        <Skeleton lines={5} tall />
      )}
    </section>
  )
}

type Decision = { standing: Standing; state: StandingState }

function Rows({ standings, free }: { standings: readonly Standing[]; free: boolean }) {
  const { roles } = usePlace()
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const some = useSome(standings)
  const admin = mayManage(roles)
  if (standings.length === 0)
    return <Empty title={t('quality.annotators.empty')} hint={t('quality.annotators.empty.hint')} />
  const asOf = standings[0]?.as_of
  return (
    <>
      {asOf && (
        <p className="note">
          {t('quality.asOf')} <Ago iso={asOf} />
        </p>
      )}
      <StackingTable caption={t('quality.annotators')}>
        <thead>
          <tr>
            <th scope="col">{t('quality.column.annotator')}</th>
            <th scope="col">{t('quality.column.state')}</th>
            <th scope="col">{t('quality.column.gold')}</th>
            <th scope="col">{t('quality.column.twins')}</th>
            <th scope="col">{t('quality.column.repeats')}</th>
            <th scope="col">{t('quality.column.watched')}</th>
            <th scope="col" className="number">
              {t('quality.column.median')}
            </th>
            <th scope="col">{t('quality.column.signals')}</th>
            {admin && <th scope="col">{t('people.column.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {some.rows.map(standing => (
            <Row
              key={standing.annotator.id}
              standing={standing}
              free={free}
              {...(admin ? { onDecide: setDeciding } : {})}
            />
          ))}
        </tbody>
      </StackingTable>
      <LoadMore query={some} />
      <dl className="legend">
        {(['gold', 'twins', 'repeats', 'watched', 'median'] as const).map(column => (
          <div key={column}>
            <dt>{t(`quality.column.${column}`)}</dt>
            <dd>{t(`quality.legend.${column}`)}</dd>
          </div>
        ))}
      </dl>
      {deciding && <Decide {...deciding} onClose={() => setDeciding(null)} />}
    </>
  )
}

const BADGES = { practising: 'queued', qualified: 'succeeded', failed: 'failed' }

type RowProps = { standing: Standing; free: boolean; onDecide?: (decision: Decision) => void }

function Row({ standing, free, onDecide }: RowProps) {
  const { annotator, state, score, since, by, practice_done, exam_done } = standing
  const mayRate = free && state === 'practising'
  const { gold, twins, repeats, watched, median_seconds, signals } = standing
  const { slug } = usePlace()
  return (
    <tr>
      <th scope="row">
        <span className="person">
          <Link href={`/p/${slug}/quality/annotators/${annotator.id}`}>{shownName(annotator)}</Link>
          {annotator.name !== '' && annotator.name !== annotator.username && (
            <span className="muted">{annotator.username}</span>
          )}
        </span>
      </th>
      <td data-label={t('quality.column.state')}>
        <span>
          <span className={`badge badge-${mayRate ? 'succeeded' : (BADGES[state] ?? 'pending')}`}>
            <span className="badge-dot" aria-hidden="true" />
            {mayRate ? t('people.working') : word('quality.state', state)}
          </span>
          <span className="muted part">
            {score !== null
              ? t('quality.score', { share: percent(score) })
              : t('quality.done', { practice: practice_done, exam: exam_done })}
          </span>
          {by && since && (
            <span className="muted part">
              {t('quality.decidedBy', { name: by })} <Ago iso={since} />
            </span>
          )}
        </span>
      </td>
      <Cell label={t('quality.column.gold')} share={gold?.passed_share} n={gold?.answers} />
      <Cell label={t('quality.column.twins')} share={twins?.noticed_share} n={twins?.shown} />
      <Cell
        label={t('quality.column.repeats')}
        share={repeats?.exact_share}
        n={repeats?.pairs}
        {...(repeats && repeats.within_one_share !== null
          ? { more: t('quality.withinOne', { share: percent(repeats.within_one_share) }) }
          : {})}
      />
      <Cell label={t('quality.column.watched')} share={watched?.share} n={watched?.answers} />
      <td className="number" data-label={t('quality.column.median')}>
        {median_seconds === null ? DASH : duration(median_seconds)}
      </td>
      <td data-label={t('quality.column.signals')}>
        <Signals signals={signals} />
      </td>
      {onDecide && (
        <td className="row-end">
          <div className="row-actions stacked-actions">
            {state !== 'qualified' && !mayRate && (
              <button
                type="button"
                className="button"
                onClick={() => onDecide({ standing, state: 'qualified' })}
              >
                {t('quality.qualify')}
                <span className="hidden"> {annotator.username}</span>
              </button>
            )}
            {state !== 'practising' && (
              <button
                type="button"
                className="button quiet"
                onClick={() => onDecide({ standing, state: 'practising' })}
              >
                {t('quality.sendBack')}
                <span className="hidden"> {annotator.username}</span>
              </button>
            )}
          </div>
        </td>
      )}
    </tr>
  )
}

export function Signals({ signals }: Pick<Standing, 'signals'>) {
  const seen = Object.entries(signals)
    .filter(([, n]) => n > 0)
    .sort(([, one], [, other]) => other - one)
  if (seen.length === 0) return <span className="muted">{DASH}</span>
  return (
    <ul className="tags">
      {seen.map(([name, n]) => (
        <li key={name} className="tag">
          {word('quality.signal', name)} {count(n)}
        </li>
      ))}
    </ul>
  )
}

type CellProps = {
  label: string
  share: number | null | undefined
  n: number | undefined
  more?: string
}

function Cell({ label, share, n, more }: CellProps) {
  return (
    <td data-label={label}>
      {n && share !== null && share !== undefined ? (
        <span className="share">
          {percent(share)} <span className="muted">{t('quality.of', { n })}</span>
          {more && <span className="muted part">{more}</span>}
        </span>
      ) : (
        <span className="muted">{DASH}</span>
      )}
    </td>
  )
}

function Decide({ standing, state, onClose }: Decision & { onClose: () => void }) {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const deciding = useMutation({
    mutationFn: () => qualityApi.setStanding(slug, standing.annotator.id, state),
    onSettled: () => queries.invalidateQueries({ queryKey: ['standings', slug] }),
    onSuccess: onClose,
  })
  const name = shownName(standing.annotator)
  const letIn = state === 'qualified'
  return (
    <Confirm
      title={letIn ? t('quality.qualify.title', { name }) : t('quality.sendBack.title', { name })}
      label={letIn ? t('quality.qualify') : t('quality.sendBack')}
      busy={deciding.isPending}
      error={deciding.error}
      onConfirm={() => deciding.mutate()}
      onClose={onClose}
    >
      <p>{letIn ? t('quality.qualify.text') : t('quality.sendBack.text')}</p>
    </Confirm>
  )
}
