import { Database } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, service } from '@baton/platform';
import { funnelKind } from './funnel/funnel.kind.js';
import { OnHandoffChanged } from './funnel/on-handoff-changed.js';
import { OnWakeDue } from './funnel/on-wake-due.js';
import { VerdictStore } from './funnel/verdict.store.js';
import { ActivityStore } from './lead/activity.store.js';
import { LeadReadingStore } from './lead/lead-reading.store.js';
import { LeadStore } from './lead/lead.store.js';
import { LeadsHttp } from './lead/leads.http.js';
import { MonthStore } from './lead/month.store.js';
import { OnActivityRecorded } from './lead/on-activity-recorded.js';
import { TallyStore } from './lead/tally.store.js';
import { ScoringTables1767225600300 } from './migrations/scoring-tables.migration.js';
import { InForceStore } from './model/in-force.store.js';
import { OnDefinitionDue } from './model/on-definition-due.js';
import { scoringModelKind } from './model/scoring-model.kind.js';
import { OnDecayDue } from './score/on-decay-due.js';
import { ScoringConfig } from './scoring.config.js';

const kinds = [funnelKind, scoringModelKind];

/** Who a lead is, what they are worth, which stage they are in. */
export const scoring = service({
  name: 'scoring',
  config: ScoringConfig,
  migrations: [...definitionMigrations, ScoringTables1767225600300],
  handlers: [OnActivityRecorded, OnHandoffChanged],
  timers: [OnDecayDue, OnWakeDue, OnDefinitionDue],
  http: [LeadsHttp, definitionRoutes(kinds)],
  stores: [
    ...definitionProviders(kinds),
    InForceStore,
    LeadStore,
    LeadReadingStore,
    ActivityStore,
    MonthStore,
    TallyStore,
    VerdictStore,
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(MonthStore).prepare(app.get(Database), now);
    await app.get(Definitions).installDefaults(now);
  },
});
