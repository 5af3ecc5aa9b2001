/** Every challenger of the champion, what the comparison said, and who decided. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { signed } from '../../core/loop'
import { loopApi } from '../../core/loopApi'
import type { Trial } from '../../core/loopTypes'
import { t, word } from '../../core/messages'
import { LoadMore } from '../../ui/LoadMore'
import { Failure, Skeleton } from '../../ui/Notice'
import { StackingTable } from '../../ui/StackingTable'
import { Ago } from '../../ui/Time'
import { usePages } from '../../ui/usePages'
import { Section } from '../runs/Section'

const CALM = 20_000

export function Trials() {
  const { slug } = usePlace()
  const trials = usePages({
    key: ['loop', slug, 'trials'],
    load: cursor => loopApi.trials(slug, cursor),
    every: () => CALM,
  })
  return (
    <Section title={t('loop.trials')}>
      {trials.rows ? (
        <Rows trials={trials.rows} />
      ) : trials.error ? (
        <Failure error={trials.error} retry={() => trials.refetch()} />
      ) : (
        <Skeleton lines={3} />
      )}
      <LoadMore query={trials} />
    </Section>
  )
}

function Rows({ trials }: { trials: readonly Trial[] }) {
  if (trials.length === 0) return <p className="muted">{t('loop.trials.empty')}</p>
  return (
    <StackingTable caption={t('loop.trials')}>
      <thead>
        <tr>
          <th scope="col">{t('loop.trials.challenger')}</th>
          <th scope="col">{t('loop.trials.against')}</th>
          <th scope="col">{t('loop.trials.difference')}</th>
          <th scope="col">{t('loop.trials.outcome')}</th>
          <th scope="col">{t('loop.trials.by')}</th>
          <th scope="col">{t('loop.trials.when')}</th>
        </tr>
      </thead>
      <tbody>
        {trials.map(trial => (
          <Row key={trial.id} trial={trial} />
        ))}
      </tbody>
    </StackingTable>
  )
}

function Row({ trial }: { trial: Trial }) {
  return (
    <tr>
      <th scope="row">
        <RunLink run={trial.challenger} />
      </th>
      <td data-label={t('loop.trials.against')}>
        {trial.champion === null ? t('loop.trials.nobody') : <RunLink run={trial.champion} />}
      </td>
      <td data-label={t('loop.trials.difference')}>{differenceOf(trial)}</td>
      <td data-label={t('loop.trials.outcome')}>
        <span>
          <span className={trial.promoted ? 'tag tag-accepted' : 'tag'}>
            {trial.promoted ? t('loop.trials.promoted') : t('loop.trials.kept')}
          </span>{' '}
          {trial.reason ? `“${trial.reason}”` : word('grounds', trial.grounds)}
        </span>
      </td>
      <td data-label={t('loop.trials.by')}>{trial.by ?? t('loop.trials.rule')}</td>
      <td data-label={t('loop.trials.when')}>
        <Ago iso={trial.decided_at} />
      </td>
    </tr>
  )
}

function RunLink({ run }: { run: number }) {
  const { slug } = usePlace()
  return (
    <Link className="run-link" href={`/p/${slug}/runs/${run}`}>
      {t('runs.number', { kind: word('kind', 'scorer'), id: String(run) })}
    </Link>
  )
}

function differenceOf({ differences }: Trial) {
  const { value, low, high } = differences.average?.difference ?? {}
  if (value == null) return null
  if (low == null || high == null) return signed(value)
  return (
    <span>
      {signed(value)}{' '}
      <span className="muted">
        [{signed(low)}, {signed(high)}]
      </span>
    </span>
  )
}
