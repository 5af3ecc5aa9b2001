/** The policy in a few lines, and the dialog that changes it. */

import { useState } from 'react'
import { usePlace } from '../../app/session'
import { mayRun } from '../../core/access'
import { decimal } from '../../core/format'
import { policyLines } from '../../core/loop'
import type { Policy } from '../../core/loopTypes'
import { t, word } from '../../core/messages'
import { Section } from '../runs/Section'
import { PolicyDialog } from './PolicyDialog'

export function PolicySection({ policy, worked }: { policy: Policy; worked: number }) {
  const { roles, archived } = usePlace()
  const [changing, setChanging] = useState(false)
  return (
    <Section title={t('loop.policy')}>
      <p>
        <span className={policy.enabled ? 'tag tag-accepted' : 'tag'}>
          {policy.enabled ? t('loop.policy.on') : t('loop.policy.off')}
        </span>
      </p>
      <ul className="loop-lines">
        {policyLines(policy).map(line => (
          <li key={line}>{line}</li>
        ))}
        <li>
          {t('loop.field.rule')} {word('loop.rule', policy.rule)}
        </li>
        <li>
          {t('loop.field.goes_on_until')}: {word('loop.until', policy.goes_on_until)}
        </li>
        <li className="muted">{t('loop.policy.worked', { hours: decimal(worked, 1) })}</li>
      </ul>
      {mayRun(roles) && !archived && (
        <div>
          <button type="button" className="button" onClick={() => setChanging(true)}>
            {t('loop.policy.change')}
          </button>
        </div>
      )}
      {changing && <PolicyDialog policy={policy} onClose={() => setChanging(false)} />}
    </Section>
  )
}
