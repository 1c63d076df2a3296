import { Database } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, service } from '@baton/platform';
import { Timers } from '@baton/timers';
import { OnClockDue } from './deadline/on-clock-due.js';
import { AcceptHandoff } from './handoff/accept-handoff.js';
import { AttemptsHttp } from './handoff/attempts.http.js';
import { DecideHandoff } from './handoff/decide-handoff.js';
import { HandoffQueryStore } from './handoff/handoff-query.store.js';
import { HandoffStore } from './handoff/handoff.store.js';
import { HandoffsHttp } from './handoff/handoffs.http.js';
import { LogAttempt } from './handoff/log-attempt.js';
import { OfferNewLeads } from './handoff/offer-new-leads.js';
import { OfferPolicy } from './handoff/offer-policy.js';
import { OnCapacityFreed } from './handoff/on-capacity-freed.js';
import { PresentHandoff } from './handoff/present-handoff.js';
import { QualifyHandoff } from './handoff/qualify-handoff.js';
import { ReassignHandoff } from './handoff/reassign-handoff.js';
import { ReassignHttp } from './handoff/reassign.http.js';
import { RecordChanges } from './handoff/record-changes.js';
import { RejectHandoff } from './handoff/reject-handoff.js';
import { RejectReasonsHttp } from './handoff/reject-reasons.http.js';
import { VerdictsHttp } from './handoff/verdicts.http.js';
import { LeadReadiness1795824000000 } from './migrations/lead-readiness.migration.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { RoutingTables1767312000000 } from './migrations/routing-tables.migration.js';
import { slaPolicy } from './policy/sla-policy.kind.js';
import { LeadReadinessStore } from './readiness/lead-readiness.store.js';
import { OnLeadStageChanged } from './readiness/on-lead-stage-changed.js';
import { RoutingConfig } from './routing.config.js';
import { AllocateSellers } from './team/allocate-sellers.js';
import { PutSeller } from './team/put-seller.js';
import { Random } from './team/random.js';
import { Seller } from './team/seller.entity.js';
import { SellerStore } from './team/seller.store.js';
import { SellersHttp } from './team/sellers.http.js';
import { TeamStore } from './team/team.store.js';
import { offerWaiting } from './team/waiting-timer.js';

const kinds = [slaPolicy];

/** Whose lead it is, by when, and what happens without a response. */
export const routing = service({
  name: 'routing',
  config: RoutingConfig,
  migrations: [
    ...definitionMigrations,
    RoutingTables1767312000000,
    LeadReadiness1795824000000,
    LeadSellers1796000000000,
  ],
  entities: [Seller],
  readers: [{ name: 'handoffs', handlers: [OnLeadStageChanged], unknownEvents: 'stop' }],
  timers: [OnClockDue, OnCapacityFreed],
  http: [
    RejectReasonsHttp,
    HandoffsHttp,
    VerdictsHttp,
    AttemptsHttp,
    ReassignHttp,
    SellersHttp,
    definitionRoutes(kinds),
  ],
  stores: [
    ...definitionProviders(kinds),
    HandoffStore,
    HandoffQueryStore,
    LeadReadinessStore,
    TeamStore,
    SellerStore,
    Random,
    AllocateSellers,
    PutSeller,
    OfferPolicy,
    RecordChanges,
    DecideHandoff,
    OfferNewLeads,
    AcceptHandoff,
    RejectHandoff,
    LogAttempt,
    QualifyHandoff,
    ReassignHandoff,
    PresentHandoff,
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(Definitions).installDefaults(now);
    await app.get(Database).transaction(async (tx) => {
      const teams = await app.get(TeamStore).names(tx);
      await app.get(Timers).schedule(tx, offerWaiting(teams, now));
    });
  },
});
