/** What one says of oneself, how one likes the page, and what gets one in. */

import { useQuery } from '@tanstack/react-query'
import { t } from '../../core/messages'
import { peopleApi } from '../../core/peopleApi'
import { Failure, Skeleton } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { KeymapEditor } from '../rate/KeymapEditor'
import { AboutYou } from './AboutYou'
import { Appearance } from './Appearance'
import { Password } from './Password'
import { Tokens } from './Tokens'

export function ProfilePage() {
  const profile = useQuery({ queryKey: ['profile'], queryFn: peopleApi.profile })
  return (
    <Page
      title={t('profile.title')}
      lead={profile.data && <p>{t('profile.signedInAs', { name: profile.data.username })}</p>}
      width="narrow"
    >
      {profile.data ? (
        <>
          <AboutYou profile={profile.data} />
          <Appearance profile={profile.data} />
          <section className="panel" aria-labelledby="profile-keys">
            <header className="panel-head">
              <h2 id="profile-keys">{t('profile.keys')}</h2>
            </header>
            <details className="format">
              <summary>{t('profile.keys.open')}</summary>
              <KeymapEditor />
            </details>
          </section>
          {profile.data.has_password && <Password username={profile.data.username} />}
          <Tokens />
        </>
      ) : profile.error ? (
        <Failure error={profile.error} retry={() => profile.refetch()} />
      ) : (
        <Skeleton lines={6} tall />
      )}
    </Page>
  )
}
