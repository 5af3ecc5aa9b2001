/** A run that does another once more: whether its files are the same. */

import { Link } from 'wouter'
import { usePlace } from '../../app/session'
import { t } from '../../core/messages'
import type { RunDetail } from '../../core/types'
import { Banner } from '../../ui/Notice'

const UNEQUAL = ['different', 'missing', 'new'] as const

export function Reproduction({ run: { reproduces, comparison } }: { run: RunDetail }) {
  const { slug } = usePlace()
  if (!reproduces) return null
  const original = (
    <Link href={`/p/${slug}/runs/${reproduces}`}>
      {t('run.reproduction.original', { id: String(reproduces) })}
    </Link>
  )
  if (!comparison)
    return (
      <Banner tone="plain" title={t('run.reproduction')}>
        {original}
      </Banner>
    )
  return (
    <Banner
      tone={comparison.agrees ? 'good' : 'bad'}
      title={comparison.agrees ? t('run.reproduction.agrees') : t('run.reproduction.differs')}
    >
      <p>
        {original} · {t('run.reproduction.same', { n: comparison.same.length })}
      </p>
      {UNEQUAL.filter(how => comparison[how].length > 0).map(how => (
        <p key={how}>
          {t(`run.reproduction.${how}`)} {comparison[how].join(', ')}
        </p>
      ))}
    </Banner>
  )
}
