import { service } from '@baton/platform';
import { AttributionHttp, MAX_BODY_BYTES } from './attribution/attribution.http.js';
import { boundJson } from './attribution/bounded-json.http.js';
import { DefinitionStore } from './definition/definition.store.js';
import { OnDefinitionActivated } from './definition/on-definition-activated.js';
import { FunnelFactsStore } from './funnel/funnel-facts.store.js';
import { FunnelReportStore } from './funnel/funnel-report.store.js';
import { FunnelHttp } from './funnel/funnel.http.js';
import { OnLeadMoved } from './funnel/on-lead-moved.js';
import { LeadSellersStore } from './live/lead-sellers.store.js';
import { LiveEventStore } from './live/live-event.store.js';
import { LiveFeed } from './live/live-feed.job.js';
import { LiveQueryStore } from './live/live-query.store.js';
import { LiveRetention } from './live/live-retention.job.js';
import { LiveListener } from './live/live-listener.client.js';
import { LiveHttp } from './live/live.http.js';
import { FreshnessStore } from './report/freshness.store.js';
import { OnHandoffLiveFeed } from './live/on-handoff-live-feed.js';
import { OnLeadLiveFeed } from './live/on-lead-live-feed.js';
import { Facts1764100000000 } from './migrations/facts.migration.js';
import { Live1764100000001 } from './migrations/live.migration.js';
import { Campaigns1764100000002 } from './migrations/campaigns.migration.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { ReportingConfig } from './reporting.config.js';
import { OfferFactsStore } from './sla/offer-facts.store.js';
import { OnHandoffMoved } from './sla/on-handoff-moved.js';
import { SlaReportStore } from './sla/sla-report.store.js';
import { SlaHttp } from './sla/sla.http.js';
import { OnActivityRecorded } from './touch/on-activity-recorded.js';
import { TouchReportStore } from './touch/touch-report.store.js';
import { TouchStore } from './touch/touch.store.js';
import { TouchesHttp } from './touch/touches.http.js';

export const reporting = service({
  name: 'reporting',
  config: ReportingConfig,
  migrations: [Facts1764100000000, Live1764100000001, Campaigns1764100000002, LeadSellers1796000000000],
  readers: [
    {
      name: 'facts',
      handlers: [OnLeadMoved, OnHandoffMoved, OnDefinitionActivated, OnActivityRecorded],
      tables: [
        'lead_facts',
        'stage_entries',
        'funnel_cohorts',
        'handoff_facts',
        'definitions',
        'activities_seen',
        'activity_days',
        'touch_counts',
        'campaigns',
      ],
    },
    { name: 'live', handlers: [OnLeadLiveFeed, OnHandoffLiveFeed] },
  ],
  http: [FunnelHttp, SlaHttp, TouchesHttp, AttributionHttp, LiveHttp],
  bodyLimit: MAX_BODY_BYTES,
  fastify: (instance) => boundJson(instance, '/attribution/evaluate'),
  stores: [
    FunnelFactsStore,
    FunnelReportStore,
    DefinitionStore,
    OfferFactsStore,
    SlaReportStore,
    TouchStore,
    TouchReportStore,
    FreshnessStore,
    LiveEventStore,
    LeadSellersStore,
    LiveQueryStore,
    LiveListener,
    LiveFeed,
    LiveRetention,
  ],
  onReady: (app) => {
    app.get(LiveFeed).start();
    app.get(LiveRetention).start();
  },
});
