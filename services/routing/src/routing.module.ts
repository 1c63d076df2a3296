import { Database, ErasedLeads1799600000001 } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, service } from '@baton/platform';
import { Timers } from '@baton/timers';
import { agreement } from './agreement/agreement.kind.js';
import { agreements } from './agreement/agreement.module.js';
import { nextReview } from './agreement/on-review-due.js';
import { CalendarStore } from './calendar/calendar.store.js';
import { CalendarsHttp } from './calendar/calendars.http.js';
import { ClockCalendars } from './calendar/clock-calendars.js';
import { PublicHolidays } from './calendar/public-holidays.cache.js';
import { PresentCalendar } from './calendar/present-calendar.js';
import { PutCalendar } from './calendar/put-calendar.js';
import { WorkingTimeHttp } from './calendar/working-time.http.js';
import { deals } from './deal/deal.module.js';
import { OnDealReported } from './deal/on-deal-reported.js';
import { OnClockDue } from './deadline/on-clock-due.js';
import { OnErasureRequested } from './erasure/on-erasure-requested.js';
import { PersonExportHttp } from './erasure/person-export.http.js';
import { PersonExportStore } from './erasure/person-export.store.js';
import { PersonRowsStore } from './erasure/person-rows.store.js';
import { AcceptHandoff } from './handoff/accept-handoff.js';
import { AttemptsHttp } from './handoff/attempts.http.js';
import { AbsencePreviewHttp } from './handoff/absence-preview.http.js';
import { CalendarChangesHttp } from './handoff/calendar-changes.http.js';
import { ChangeCalendar } from './handoff/change-calendar.js';
import { DecideHandoff } from './handoff/decide-handoff.js';
import { DecisionStore } from './handoff/decision.store.js';
import { DecisionsHttp } from './handoff/decisions.http.js';
import { HandoffQueryStore } from './handoff/handoff-query.store.js';
import { HandoffStore } from './handoff/handoff.store.js';
import { HandoffsHttp } from './handoff/handoffs.http.js';
import { LogAttempt } from './handoff/log-attempt.js';
import { OfferNewLeads } from './handoff/offer-new-leads.js';
import { OfferPolicy } from './handoff/offer-policy.js';
import { OnCapacityFreed } from './handoff/on-capacity-freed.js';
import { OnSellerAway } from './handoff/on-seller-away.js';
import { OnSellerChanged } from './handoff/on-seller-changed.js';
import { PreviewAssignment } from './handoff/preview-assignment.js';
import { MovedClocks } from './handoff/moved-clocks.js';
import { PreviewCalendar } from './handoff/preview-calendar.js';
import { PresentHandoff } from './handoff/present-handoff.js';
import { QualifyHandoff } from './handoff/qualify-handoff.js';
import { ReassignHandoff } from './handoff/reassign-handoff.js';
import { ReassignHttp } from './handoff/reassign.http.js';
import { RecordChanges } from './handoff/record-changes.js';
import { RejectHandoff } from './handoff/reject-handoff.js';
import { RejectReasonsHttp } from './handoff/reject-reasons.http.js';
import { VerdictsHttp } from './handoff/verdicts.http.js';
import { MergedLeadStore } from './person/merged-lead.store.js';
import { RestingSellers1799900000000 } from './migrations/resting-sellers.migration.js';
import { MergeRevisions1799800000000 } from './migrations/merge-revisions.migration.js';
import { MergeTimes1799700000001 } from './migrations/merge-times.migration.js';
import { MergedLeads1798100000000 } from './migrations/merged-leads.migration.js';
import { Deals1796200000000 } from './migrations/deals.migration.js';
import { AssignmentDecisions1796600000000 } from './migrations/assignment-decisions.migration.js';
import { Calendars1796300000000 } from './migrations/calendars.migration.js';
import { HandoffDue1796400000000 } from './migrations/handoff-due.migration.js';
import { LeadReadiness1795824000000 } from './migrations/lead-readiness.migration.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { OffersOfLead1798300000001 } from './migrations/offers-of-lead.migration.js';
import { RoutedLeads1798600000000 } from './migrations/routed-leads.migration.js';
import { TeamManagers1796500000000 } from './migrations/team-managers.migration.js';
import { Notices1796200000001 } from './migrations/notices.migration.js';
import { AgreementLedger1798500000000 } from './migrations/agreement-ledger.migration.js';
import { RemediationTasks1798700000000 } from './migrations/remediation-tasks.migration.js';
import { RoutingTables1767312000000 } from './migrations/routing-tables.migration.js';
import { DeliverNotices } from './notice/deliver-notices.job.js';
import { notices } from './notice/notice.module.js';
import { keepForms } from './notice/slack-actions.http.js';
import { slaPolicy } from './policy/sla-policy.kind.js';
import { OwnerStore } from './rules/owner.store.js';
import { RoutedLeadStore } from './rules/routed-lead.store.js';
import { RouteLeads } from './rules/route-leads.js';
import { routingRules } from './rules/routing-rules.kind.js';
import { LeadReadinessStore } from './readiness/lead-readiness.store.js';
import { OnLeadMerged } from './handoff/on-lead-merged.js';
import { OnLeadStageChanged } from './readiness/on-lead-stage-changed.js';
import { RoutingConfig } from './routing.config.js';
import { AllocateSellers } from './team/allocate-sellers.js';
import { PutSeller } from './team/put-seller.js';
import { PutTeam } from './team/put-team.js';
import { Random } from './team/random.js';
import { Seller } from './team/seller.entity.js';
import { SellerCalendars } from './team/seller-calendars.js';
import { SellerStore } from './team/seller.store.js';
import { RotationHttp } from './team/rotation.http.js';
import { SellersHttp } from './team/sellers.http.js';
import { TeamSettingsStore } from './team/team-settings.store.js';
import { TeamsHttp } from './team/teams.http.js';
import { RotationStore } from './team/rotation.store.js';
import { TeamStore } from './team/team.store.js';
import { offerWaiting } from './team/waiting-timer.js';
import { PastOfferStore } from './what-if/past-offer.store.js';
import { WhatIf } from './what-if/what-if.js';
import { WhatIfHttp } from './what-if/what-if.http.js';

const kinds = [slaPolicy, routingRules, agreement];

/** Whose lead it is, by when, and what happens without a response. */
export const routing = service({
  name: 'routing',
  config: RoutingConfig,
  migrations: [
    ...definitionMigrations,
    RoutingTables1767312000000,
    LeadReadiness1795824000000,
    LeadSellers1796000000000,
    Deals1796200000000,
    Notices1796200000001,
    Calendars1796300000000,
    HandoffDue1796400000000,
    TeamManagers1796500000000,
    AssignmentDecisions1796600000000,
    MergedLeads1798100000000,
    OffersOfLead1798300000001,
    AgreementLedger1798500000000,
    RoutedLeads1798600000000,
    RemediationTasks1798700000000,
    ErasedLeads1799600000001,
    MergeTimes1799700000001,
    RestingSellers1799900000000,
    MergeRevisions1799800000000,
  ],
  entities: [Seller],
  readers: [
    {
      name: 'handoffs',
      handlers: [OnLeadStageChanged, OnLeadMerged, OnDealReported],
      unknownEvents: 'stop',
      passesErasedBy: true,
    },
    { name: 'erasures', handlers: [OnErasureRequested], unknownEvents: 'stop' },
    notices.reader,
  ],
  fastify: keepForms,
  timers: [OnClockDue, OnCapacityFreed, OnSellerAway, OnSellerChanged, ...agreements.timers],
  http: [
    RejectReasonsHttp,
    HandoffsHttp,
    VerdictsHttp,
    AttemptsHttp,
    ReassignHttp,
    DecisionsHttp,
    WhatIfHttp,
    PersonExportHttp,
    ...deals.http,
    ...notices.http,
    ...agreements.http,
    RotationHttp,
    SellersHttp,
    TeamsHttp,
    WorkingTimeHttp,
    CalendarsHttp,
    CalendarChangesHttp,
    AbsencePreviewHttp,
    definitionRoutes(kinds),
  ],
  stores: [
    ...definitionProviders(kinds),
    MergedLeadStore,
    HandoffStore,
    HandoffQueryStore,
    LeadReadinessStore,
    CalendarStore,
    PublicHolidays,
    ClockCalendars,
    PutCalendar,
    PresentCalendar,
    TeamStore,
    RotationStore,
    SellerCalendars,
    SellerStore,
    Random,
    AllocateSellers,
    PutSeller,
    TeamSettingsStore,
    PutTeam,
    OfferPolicy,
    DecisionStore,
    PreviewAssignment,
    PastOfferStore,
    WhatIf,
    RecordChanges,
    DecideHandoff,
    OwnerStore,
    RoutedLeadStore,
    RouteLeads,
    OfferNewLeads,
    AcceptHandoff,
    RejectHandoff,
    LogAttempt,
    QualifyHandoff,
    ReassignHandoff,
    PersonRowsStore,
    PersonExportStore,
    ChangeCalendar,
    PreviewCalendar,
    MovedClocks,
    PresentHandoff,
    ...deals.stores,
    ...notices.stores,
    ...agreements.stores,
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(Definitions).installDefaults(now);
    await app.get(Database).transaction(async (tx) => {
      const teams = await app.get(TeamStore).names(tx);
      await app.get(Timers).schedule(tx, [...offerWaiting(teams, now), ...nextReview(now.getTime())]);
    });
    app.get(DeliverNotices).start();
  },
});
