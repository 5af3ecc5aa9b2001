/** Good captions of which one dimension was made wrong: does anybody notice? */

import { useId, useState } from 'react'
import { usePlace } from '../../app/session'
import { mayManage } from '../../core/access'
import { percent } from '../../core/format'
import { t, word } from '../../core/messages'
import { qualityApi } from '../../core/qualityApi'
import type { Check } from '../../core/qualityTypes'
import { Empty } from '../../ui/Notice'
import { Thumb } from '../../ui/Thumb'
import { usePages } from '../../ui/usePages'
import { Withdraw } from './Checks'
import { Diff } from './Diff'
import { Loaded } from './Loaded'
import { MakeTwins } from './MakeTwins'
import { TwinDialog } from './TwinDialog'

export function Twins() {
  const id = useId()
  const { slug, roles } = usePlace()
  const [asked, setAsked] = useState<'one' | 'many' | null>(null)
  const admin = mayManage(roles)
  const twins = usePages({
    key: ['checks', slug, 'twin'],
    load: cursor => qualityApi.checks(slug, 'twin', cursor),
  })
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{t('quality.twins')}</h2>
        {admin && (
          <div className="actions">
            <button type="button" className="button" onClick={() => setAsked('many')}>
              {t('twin.automatic')}
            </button>
            <button type="button" className="button primary" onClick={() => setAsked('one')}>
              {t('twin.new')}
            </button>
          </div>
        )}
      </header>
      <p className="note">{t('twin.hint')}</p>
      <Loaded query={twins}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={t('twin.empty')} hint={t('twin.empty.hint')} />
          ) : (
            <ul className="clip-list">
              {rows.map(twin => (
                <li key={twin.item}>
                  <Row twin={twin} admin={admin} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked === 'one' && <TwinDialog onClose={() => setAsked(null)} />}
      {asked === 'many' && <MakeTwins onClose={() => setAsked(null)} />}
    </section>
  )
}

function Row({ twin, admin }: { twin: Check; admin: boolean }) {
  const { caption_text, original_text, video_name, video_url, poster_url } = twin
  return (
    <article className="clip-row" data-off={twin.withdrawn || undefined}>
      <Thumb src={poster_url} href={video_url} name={video_name} />
      <div className="clip-text">
        <Diff before={original_text ?? caption_text} after={caption_text} />
        <p className="clip-facts">
          {twin.withdrawn && <span className="tag">{t('check.withdrawn')}</span>}
          {twin.spoiled && <span className="tag tag-test">{word('dimension', twin.spoiled)}</span>}
          <span>{twin.captioner}</span>
          <span>{t('check.answers', { n: twin.answers })}</span>
          {twin.passed_share !== null && (
            <span>{t('twin.noticed', { share: percent(twin.passed_share) })}</span>
          )}
        </p>
      </div>
      {admin && (
        <div className="row-actions clip-actions">
          <Withdraw check={twin} />
        </div>
      )}
    </article>
  )
}
