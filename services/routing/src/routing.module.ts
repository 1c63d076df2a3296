import { Database } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, service } from '@baton/platform';
import { OnClockDue } from './deadline/on-clock-due.js';
import { HandoffDecisions } from './handoff/decide-handoff.js';
import { HandoffListing } from './handoff/handoff-query.store.js';
import { HandoffStore } from './handoff/handoff.store.js';
import { HandoffsHttp } from './handoff/handoffs.http.js';
import { OnLeadStageChanged } from './readiness/on-lead-stage-changed.js';
import { OnPlaceFreed } from './handoff/on-capacity-freed.js';
import { ReassignHttp } from './handoff/reassign.http.js';
import { VerdictsHttp } from './handoff/verdicts.http.js';
import { RoutingTables1767312000000 } from './migrations/routing-tables.migration.js';
import { RejectReasonsHttp } from './handoff/reject-reasons.http.js';
import { slaPolicy } from './policy/sla-policy.kind.js';
import { RoutingConfig } from './routing.config.js';
import { Chance } from './team/random.js';
import { Seller } from './team/seller.entity.js';
import { SellerStore } from './team/seller.store.js';
import { SellersHttp } from './team/sellers.http.js';
import { DEFAULT_TEAM, TeamStore } from './team/team.store.js';

const kinds = [slaPolicy];

export const routing = service({
  name: 'routing',
  config: RoutingConfig,
  migrations: [...definitionMigrations, RoutingTables1767312000000],
  entities: [Seller],
  readers: [{ name: 'handoffs', handlers: [OnLeadStageChanged], unknownEvents: 'stop' }],
  timers: [OnClockDue, OnPlaceFreed],
  http: [RejectReasonsHttp, HandoffsHttp, VerdictsHttp, ReassignHttp, SellersHttp, definitionRoutes(kinds)],
  stores: [
    HandoffStore,
    HandoffListing,
    HandoffDecisions,
    TeamStore,
    SellerStore,
    Chance,
    ...definitionProviders(kinds),
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(Definitions).installDefaults(now);
    await app.get(Database).transaction((tx) => app.get(HandoffStore).wake(tx, DEFAULT_TEAM, now));
  },
});
