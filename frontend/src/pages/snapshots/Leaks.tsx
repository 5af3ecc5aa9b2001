/** What might leak from one side of the split to another. */

import { usePlace } from '../../app/session'
import { address } from '../../core/client'
import { list, shortDigest } from '../../core/format'
import { t } from '../../core/messages'
import type { Leak, SnapshotWhole } from '../../core/snapshotsTypes'
import { Poster } from '../quality/Poster'
import { Section } from '../runs/Section'

const KINDS = ['followed', 'straddling', 'repeated'] as const

export function Leaks({ snapshot: { leaks, leaking } }: { snapshot: SnapshotWhole }) {
  if (!leaks) return null
  return (
    <Section title={t('snapshot.leaks')}>
      <ul className="leaks">
        {KINDS.map(kind => (
          <li key={kind} className={kind !== 'followed' && leaks[kind] > 0 ? 'bad' : undefined}>
            {t(`snapshot.leaks.${kind}`, { n: leaks[kind] })}
          </li>
        ))}
      </ul>
      {leaking.length > 0 && (
        <details className="nested">
          <summary>{t('snapshot.leaks.show', { n: leaking.length })}</summary>
          <ul className="leaks">
            {leaking.map(leak => (
              <li key={`${leak.kind} ${leak.video} ${leak.like} ${leak.captions.join()}`}>
                <Line leak={leak} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function Line({ leak: { kind, video, like, bits, captions } }: { leak: Leak }) {
  const { slug } = usePlace()
  if (!video || !like)
    return <>{t('snapshot.leak.repeated', { captions: list(captions.map(String)) })}</>
  return (
    <span className="leak">
      <Poster src={address(slug, `media/${video}/poster.jpg`)} />
      <Poster src={address(slug, `media/${like}/poster.jpg`)} />
      <span>
        {t(kind === 'followed' ? 'snapshot.leak.followed' : 'snapshot.leak.straddling', {
          video: shortDigest(video),
          like: shortDigest(like),
          bits: bits ?? 0,
        })}
      </span>
    </span>
  )
}
