import { Database } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, service } from '@baton/platform';
import { funnelKind } from './definition/funnel.kind.js';
import { OnHandoffChanged } from './verdict/on-handoff-changed.js';
import { OnWakeDue } from './verdict/on-wake-due.js';
import { VerdictStore } from './verdict/verdict.store.js';
import { ActivityStore } from './activity/activity.store.js';
import { LeadQueryStore } from './lead/lead-query.store.js';
import { LeadSellersStore } from './lead/lead-sellers.store.js';
import { LeadStore } from './lead/lead.store.js';
import { LeadsHttp } from './lead/leads.http.js';
import { ActivityPartitions } from './activity/activity-partitions.job.js';
import { OnActivityRecorded } from './lead/on-activity-recorded.js';
import { CurrentTallies } from './lead/current-tallies.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { ScoringTables1767225600300 } from './migrations/scoring-tables.migration.js';
import { ActiveDefinitionsCache } from './definition/active-definitions.cache.js';
import { OnDefinitionDue } from './rescore/on-definition-due.js';
import { scoringModelKind } from './definition/scoring-model.kind.js';
import { OnDecayDue } from './rescore/on-decay-due.js';
import { ScoringConfig } from './scoring.config.js';

const kinds = [funnelKind, scoringModelKind];

/** Who a lead is, what they are worth, which stage they are in. */
export const scoring = service({
  name: 'scoring',
  config: ScoringConfig,
  migrations: [...definitionMigrations, ScoringTables1767225600300, LeadSellers1796000000000],
  readers: [{ name: 'leads', handlers: [OnActivityRecorded, OnHandoffChanged], unknownEvents: 'stop' }],
  timers: [OnDecayDue, OnWakeDue, OnDefinitionDue],
  http: [LeadsHttp, definitionRoutes(kinds)],
  stores: [
    ...definitionProviders(kinds),
    ActiveDefinitionsCache,
    LeadStore,
    LeadQueryStore,
    LeadSellersStore,
    ActivityStore,
    ActivityPartitions,
    CurrentTallies,
    VerdictStore,
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(ActivityPartitions).ensure(app.get(Database), now);
    await app.get(Definitions).installDefaults(now);
  },
});
