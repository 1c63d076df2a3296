import { lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useSetupState } from './organisation/organisations.js';
import { DecidePage } from './notice/decide-page.js';
import { LoginPage } from './session/login-page.js';
import { SignInRefusedPage } from './session/sign-in-refused-page.js';
import { SetPasswordPage } from './session/set-password-page.js';
import { useSession } from './session/session.js';
import { Shell } from './shell/shell.js';
import { Connecting, Failure } from './ui/states.js';
import { LiveProvider } from './stream/live.js';
import { ForRoles } from './session/for-roles.js';
import {
  AUDIT_ROLES,
  DEAD_LETTER_ROLES,
  DEFINER_ROLES,
  PEOPLE_ROLES,
  SOURCE_ROLES,
} from './session/session.js';

const LivePage = lazy(() => import('./live/live-page.js').then((page) => ({ default: page.LivePage })));
const InboxPage = lazy(() => import('./inbox/inbox-page.js').then((page) => ({ default: page.InboxPage })));
const LeadsPage = lazy(() =>
  import('./lead-list/leads-page.js').then((page) => ({ default: page.LeadsPage })),
);
const LeadPage = lazy(() => import('./lead/lead-page.js').then((page) => ({ default: page.LeadPage })));
const DuplicatesPage = lazy(() =>
  import('./lead/duplicates-page.js').then((page) => ({ default: page.DuplicatesPage })),
);
const AccountsPage = lazy(() =>
  import('./account/accounts-page.js').then((page) => ({ default: page.AccountsPage })),
);
const AccountPage = lazy(() =>
  import('./account/account-page.js').then((page) => ({ default: page.AccountPage })),
);
const DealsPage = lazy(() =>
  import('./pipeline/deals-page.js').then((page) => ({ default: page.DealsPage })),
);
const RosterPage = lazy(() =>
  import('./roster/roster-page.js').then((page) => ({ default: page.RosterPage })),
);
const ScorecardPage = lazy(() =>
  import('./agreement/scorecard-page.js').then((page) => ({ default: page.ScorecardPage })),
);
const DefinitionsPage = lazy(() =>
  import('./definitions/definitions-page.js').then((page) => ({ default: page.DefinitionsPage })),
);
const DefinitionPage = lazy(() =>
  import('./definitions/definition-page.js').then((page) => ({ default: page.DefinitionPage })),
);
const DraftPage = lazy(() =>
  import('./definitions/draft-page.js').then((page) => ({ default: page.DraftPage })),
);
const ModelLabPage = lazy(() =>
  import('./model-lab/model-lab-page.js').then((page) => ({ default: page.ModelLabPage })),
);
const DeadLettersPage = lazy(() =>
  import('./dead-letters/dead-letters-page.js').then((page) => ({ default: page.DeadLettersPage })),
);
const ErasuresPage = lazy(() =>
  import('./erasure/erasures-page.js').then((page) => ({ default: page.ErasuresPage })),
);
const ErasurePage = lazy(() =>
  import('./erasure/erasure-page.js').then((page) => ({ default: page.ErasurePage })),
);
const SetupPage = lazy(() =>
  import('./organisation/setup-page.js').then((page) => ({ default: page.SetupPage })),
);
const OrganisationPage = lazy(() =>
  import('./organisation/organisation-page.js').then((page) => ({ default: page.OrganisationPage })),
);
const AuditPage = lazy(() => import('./audit/audit-page.js').then((page) => ({ default: page.AuditPage })));
const UsersPage = lazy(() => import('./people/users-page.js').then((page) => ({ default: page.UsersPage })));
const AccessPage = lazy(() =>
  import('./access/access-page.js').then((page) => ({ default: page.AccessPage })),
);
const WebhooksPage = lazy(() =>
  import('./notice/webhooks-page.js').then((page) => ({ default: page.WebhooksPage })),
);
const ProfilePage = lazy(() =>
  import('./profile/profile-page.js').then((page) => ({ default: page.ProfilePage })),
);
const SourcesPage = lazy(() =>
  import('./sources/sources-page.js').then((page) => ({ default: page.SourcesPage })),
);
const SourcePage = lazy(() =>
  import('./sources/source-page.js').then((page) => ({ default: page.SourcePage })),
);

const ReportsPage = lazy(() =>
  import('./report/reports-page.js').then((page) => ({ default: page.ReportsPage })),
);
const Overview = lazy(() => import('./kpi/overview.js').then((page) => ({ default: page.Overview })));
const CohortReport = lazy(() =>
  import('./funnel-report/cohort-report.js').then((page) => ({ default: page.CohortReport })),
);
const FlowReport = lazy(() =>
  import('./funnel-report/flow-report.js').then((page) => ({ default: page.FlowReport })),
);
const AttributionReport = lazy(() =>
  import('./attribution/attribution-report.js').then((page) => ({ default: page.AttributionReport })),
);
const CampaignsReport = lazy(() =>
  import('./campaign/campaigns-report.js').then((page) => ({ default: page.CampaignsReport })),
);

export const App = (): ReactNode => (
  <Routes>
    <Route path="/set-password" element={<SetPasswordPage />} />
    <Route path="/decide" element={<DecidePage />} />
    <Route path="/sign-in-refused" element={<SignInRefusedPage />} />
    <Route path="*" element={<SessionPages />} />
  </Routes>
);

/** The login, or the setup of a new installation. */
const SignedOut = (): ReactNode => {
  const setup = useSetupState();
  if (setup.isPending) return <Connecting />;
  if (!setup.data?.needed) return <LoginPage />;
  return (
    <Suspense fallback={<Connecting />}>
      <SetupPage />
    </Suspense>
  );
};

/** The login, or the pages of the signed-in user. */
const SessionPages = (): ReactNode => {
  const session = useSession();
  if (session.data === undefined) {
    return session.error ? (
      <main style={{ padding: 32 }}>
        <Failure fault={session.error} onRetry={() => void session.refetch()} />
      </main>
    ) : (
      <Connecting />
    );
  }
  if (session.data === null) return <SignedOut />;
  const me = session.data;
  return (
    <LiveProvider userId={me.id} key={me.id}>
      <Routes>
        <Route element={<Shell me={me} />}>
          <Route path="/live" element={<LivePage />} />
          <Route path="/reports" element={<ReportsPage />}>
            <Route index element={<Navigate to="overview" replace />} />
            <Route path="overview" element={<Overview />} />
            <Route path="funnel" element={<CohortReport />} />
            <Route path="flow" element={<FlowReport />} />
            <Route path="attribution" element={<AttributionReport />} />
            <Route path="campaigns" element={<CampaignsReport />} />
          </Route>
          <Route path="/inbox" element={<InboxPage />} />
          <Route path="/inbox/:id" element={<InboxPage />} />
          <Route path="/leads" element={<LeadsPage />} />
          <Route path="/duplicates" element={<DuplicatesPage />} />
          <Route path="/leads/:id" element={<LeadPage />} />
          <Route path="/accounts" element={<AccountsPage />} />
          <Route path="/accounts/:domain" element={<AccountPage />} />
          <Route path="/deals" element={<DealsPage />} />
          <Route path="/roster" element={<RosterPage />} />
          <Route path="/agreement" element={<ScorecardPage />} />
          <Route path="/definitions" element={<DefinitionsPage />} />
          <Route path="/definitions/new/:kind" element={<DraftPage />} />
          <Route path="/definitions/:id" element={<DefinitionPage />} />
          <Route element={<ForRoles roles={DEFINER_ROLES} />}>
            <Route path="/model-lab" element={<ModelLabPage />} />
          </Route>
          <Route path="/profile" element={<ProfilePage />} />
          <Route element={<ForRoles roles={SOURCE_ROLES} />}>
            <Route path="/sources" element={<SourcesPage />} />
            <Route path="/sources/:id/:tab?" element={<SourcePage />} />
          </Route>
          <Route element={<ForRoles roles={DEAD_LETTER_ROLES} />}>
            <Route path="/dead-letters" element={<DeadLettersPage />} />
            <Route path="/webhooks" element={<WebhooksPage />} />
          </Route>
          <Route element={<ForRoles roles={PEOPLE_ROLES} />}>
            <Route path="/users" element={<UsersPage />} />
            <Route path="/access" element={<AccessPage />} />
            <Route path="/organisation" element={<OrganisationPage />} />
            <Route path="/erasures" element={<ErasuresPage />} />
            <Route path="/erasures/:id" element={<ErasurePage />} />
          </Route>
          <Route element={<ForRoles roles={AUDIT_ROLES} />}>
            <Route path="/audit" element={<AuditPage />} />
          </Route>
          <Route path="*" element={<Navigate to={me.role === 'seller' ? '/inbox' : '/live'} replace />} />
        </Route>
      </Routes>
    </LiveProvider>
  );
};
