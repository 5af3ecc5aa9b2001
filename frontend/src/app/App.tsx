/** Which page is shown at which address, and to whom. */

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter'
import { isStaff, mayManage, mayRate, safeReturn } from '../core/access'
import { t } from '../core/messages'
import { settingsApi } from '../core/settingsApi'
import type { Session } from '../core/types'
import { AdjudicationPage } from '../pages/adjudicate/AdjudicationPage'
import { CasePage } from '../pages/adjudicate/CasePage'
import { ComparisonPage } from '../pages/comparisons/ComparisonPage'
import { ComparisonsPage } from '../pages/comparisons/ComparisonsPage'
import { DataPage } from '../pages/data/DataPage'
import { LoginPage } from '../pages/LoginPage'
import { LeaderboardPage } from '../pages/leaderboard/LeaderboardPage'
import { LoopPage } from '../pages/loop/LoopPage'
import { MissingPage } from '../pages/MissingPage'
import { OverviewPage } from '../pages/overview/OverviewPage'
import { InvitationPage } from '../pages/people/InvitationPage'
import { PeoplePage } from '../pages/people/PeoplePage'
import { ProfilePage } from '../pages/people/ProfilePage'
import { OrganisationPage } from '../pages/projects/OrganisationPage'
import { ProjectsPage } from '../pages/projects/ProjectsPage'
import { QualityPage } from '../pages/quality/QualityPage'
import { RatePage } from '../pages/rate/RatePage'
import { RunPage } from '../pages/runs/RunPage'
import { RunsPage } from '../pages/runs/RunsPage'
import { SettingsPage } from '../pages/settings/SettingsPage'
import { WebhookPage } from '../pages/settings/WebhookPage'
import { SnapshotPage } from '../pages/snapshots/SnapshotPage'
import { SnapshotsPage } from '../pages/snapshots/SnapshotsPage'
import { VotePage } from '../pages/vote/VotePage'
import { Failure, Skeleton } from '../ui/Notice'
import { Broken } from './Broken'
import { Shell } from './Shell'
import { SignInAgain } from './SignInAgain'
import { type Place, PlaceContext, SignedInContext, useSession } from './session'
import { useOutbox } from './useOutbox'

export function App() {
  const session = useSession()
  if (session.data?.user) return <Inside session={session.data} user={session.data.user} />
  if (session.data) return <Outside />
  return (
    <main id="content" className="page page-narrow">
      {session.error ? (
        <Failure error={session.error} retry={() => session.refetch()} />
      ) : (
        <Skeleton />
      )}
    </main>
  )
}

function Outside() {
  const [location] = useLocation()
  const [, invitation] = useRoute('/invitations/:token')
  if (invitation) return <InvitationPage token={invitation.token} />
  if (location === '/login') return <LoginPage />
  const wanted = location + window.location.search
  return (
    <Redirect
      replace
      to={wanted === '/' ? '/login' : `/login?next=${encodeURIComponent(wanted)}`}
    />
  )
}

type InsideProps = { session: Session; user: NonNullable<Session['user']> }

function Inside({ session, user }: InsideProps) {
  const keeping = useOutbox(user.id)
  const [, params] = useRoute('/p/:slug/*?')
  const [location] = useLocation()
  const { memberships, organisations } = session
  const slug = params?.slug
  const found = memberships.find(({ project }) => project.slug === slug)
  const place: Place | null = found ? { ...found.project, roles: found.roles } : null
  useScrollUp(location)
  return (
    <SignedInContext value={{ user, memberships, organisations, ...keeping }}>
      <PlaceContext value={place}>
        <Shell place={place} />
        {place?.archived && <ArchivedNotice />}
        <Broken key={location}>
          {place ? <ProjectPages place={place} /> : slug ? <Moved slug={slug} /> : <OtherPages />}
        </Broken>
        <SignInAgain />
      </PlaceContext>
    </SignedInContext>
  )
}

function ArchivedNotice() {
  return (
    <div className="archived" role="status">
      <strong>{t('archived.title')}</strong> <span>{t('archived.text')}</span>
    </div>
  )
}

/** A project that was here may be elsewhere by now: old links lead there. */
function Moved({ slug }: { slug: string }) {
  const [location] = useLocation()
  const project = useQuery({
    queryKey: ['project', slug],
    queryFn: () => settingsApi.project(slug),
    retry: false,
  })
  if (project.isPending) return <Skeleton />
  if (!project.data || project.data.slug === slug) return <MissingPage />
  return <Redirect replace to={location.replace(`/p/${slug}`, `/p/${project.data.slug}`)} />
}

function OtherPages() {
  return (
    <Switch>
      <Route path="/login">
        <BackFromLogin />
      </Route>
      <Route path="/" component={ProjectsPage} />
      <Route path="/profile" component={ProfilePage} />
      <Route path="/o/:slug">{({ slug }) => <OrganisationPage key={slug} slug={slug} />}</Route>
      <Route path="/invitations/:token">
        {({ token }) => <InvitationPage key={token} token={token} />}
      </Route>
      <Route>
        <MissingPage />
      </Route>
    </Switch>
  )
}

function BackFromLogin() {
  return (
    <Redirect replace to={safeReturn(new URLSearchParams(window.location.search).get('next'))} />
  )
}

/** A page that one's role does not open is as good as missing; the server refuses it anyway. */
function ProjectPages({ place: { roles } }: { place: Place }) {
  const staff = isStaff(roles)
  return (
    <Switch>
      <Route path="/p/:slug" component={OverviewPage} />
      {mayRate(roles) && <Route path="/p/:slug/rate" component={RatePage} />}
      {staff && <Route path="/p/:slug/data" component={DataPage} />}
      {staff && <Route path="/p/:slug/snapshots" component={SnapshotsPage} />}
      {staff && (
        <Route path="/p/:slug/snapshots/:snapshot">
          {({ snapshot }) => <SnapshotPage key={snapshot} snapshot={Number(snapshot)} />}
        </Route>
      )}
      {staff && <Route path="/p/:slug/loop" component={LoopPage} />}
      {staff && <Route path="/p/:slug/runs" component={RunsPage} />}
      {staff && (
        <Route path="/p/:slug/runs/:run">
          {({ run }) => <RunPage key={run} run={Number(run)} />}
        </Route>
      )}
      {staff && <Route path="/p/:slug/leaderboard" component={LeaderboardPage} />}
      {mayRate(roles) && <Route path="/p/:slug/vote" component={VotePage} />}
      {staff && <Route path="/p/:slug/comparisons" component={ComparisonsPage} />}
      {staff && (
        <Route path="/p/:slug/comparisons/:comparison">
          {({ comparison }) => <ComparisonPage key={comparison} comparison={Number(comparison)} />}
        </Route>
      )}
      {/* Where the rules of rating were once. */}
      <Route path="/p/:slug/quality/protocol">
        {params => <Redirect replace to={`/p/${params.slug}/settings/rating`} />}
      </Route>
      {staff && <Route path="/p/:slug/quality/*?" component={QualityPage} />}
      {staff && <Route path="/p/:slug/adjudicate" component={AdjudicationPage} />}
      {staff && (
        <Route path="/p/:slug/adjudicate/:item">
          {({ item }) => <CasePage key={item} item={Number(item)} />}
        </Route>
      )}
      {mayManage(roles) && (
        <Route path="/p/:slug/settings/webhooks/:webhook">
          {({ webhook }) => <WebhookPage key={webhook} webhook={Number(webhook)} />}
        </Route>
      )}
      {staff && <Route path="/p/:slug/settings/*?" component={SettingsPage} />}
      {mayManage(roles) && <Route path="/p/:slug/people" component={PeoplePage} />}
      <Route>
        <MissingPage hint={t('problem.forbidden')} />
      </Route>
    </Switch>
  )
}

/** A new page begins at its top. Going back is left to the browser. */
function useScrollUp(location: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what it reacts to
  useEffect(() => {
    // In braces: where scrolling returns a promise, React would take it for a clean-up.
    window.scrollTo(0, 0)
  }, [location])
}
