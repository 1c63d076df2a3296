import { ErasedLeads1799600000001 } from '@baton/bus';
import { IDENTITY_HEADER_LIMIT, service } from '@baton/platform';
import { AttributionReportHttp } from './attribution/attribution-report.http.js';
import { AttributionReportStore } from './attribution/attribution-report.store.js';
import { Evaluations } from './attribution/evaluations.job.js';
import { PathReportStore } from './attribution/path-report.store.js';
import { AttributionHttp, MAX_BODY_BYTES } from './attribution/attribution.http.js';
import { boundJson } from './attribution/bounded-json.http.js';
import { KeptAttributionHttp } from './attribution/kept-attribution.http.js';
import { KeptAttributionStore } from './attribution/kept-attribution.store.js';
import { BiAccess } from './bi/bi-access.store.js';
import { DefinitionStore } from './definition/definition.store.js';
import { OnDefinitionActivated } from './definition/on-definition-activated.js';
import { CampaignHttp } from './campaign/campaign.http.js';
import { CampaignPlanStore } from './campaign/campaign-plan.store.js';
import { DealFactsStore } from './deal/deal-facts.store.js';
import { DrillDownHttp } from './drill-down/drill-down.http.js';
import { DrillDownStore } from './drill-down/drill-down.store.js';
import { OnErasureRequested } from './erasure/on-erasure-requested.js';
import { PersonLabelsStore } from './erasure/person-labels.store.js';
import { exportAsCsv } from './export/csv-export.http.js';
import { FactExportHttp } from './export/fact-export.http.js';
import { FactExportStore } from './export/fact-export.store.js';
import { FlowReportStore } from './flow/flow-report.store.js';
import { FlowHttp } from './flow/flow.http.js';
import { FunnelReportStore } from './funnel/funnel-report.store.js';
import { FunnelHttp } from './funnel/funnel.http.js';
import { KpiReportStore } from './kpi/kpi-report.store.js';
import { KpiHttp } from './kpi/kpi.http.js';
import { LeadFactsStore } from './lead/lead-facts.store.js';
import { LeadMergesStore } from './lead/lead-merges.store.js';
import { OnLeadMoved } from './lead/on-lead-moved.js';
import { LeadSellersStore } from './live/lead-sellers.store.js';
import { LiveEventStore } from './live/live-event.store.js';
import { LiveFeed } from './live/live-feed.job.js';
import { LiveQueryStore } from './live/live-query.store.js';
import { LiveReportStore } from './live/live-report.store.js';
import { LiveReports } from './live/live-reports.job.js';
import { LiveRetention } from './live/live-retention.job.js';
import { LiveListener } from './live/live-listener.client.js';
import { LiveHttp } from './live/live.http.js';
import { PeopleStore } from './person/people.store.js';
import { RecountHttp } from './person/recount.http.js';
import { RecountStore } from './person/recount.store.js';
import { FreshnessStore } from './report/freshness.store.js';
import { SnapshotCache } from './report/snapshot.cache.js';
import { OnHandoffLiveFeed } from './live/on-handoff-live-feed.js';
import { OnNoticeLiveFeed } from './live/on-notice-live-feed.js';
import { OnLeadLiveFeed } from './live/on-lead-live-feed.js';
import { Facts1764100000000 } from './migrations/facts.migration.js';
import { Live1764100000001 } from './migrations/live.migration.js';
import { Campaigns1764100000002 } from './migrations/campaigns.migration.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { CampaignPlans1796100000001 } from './migrations/campaign-plans.migration.js';
import { People1796100000000 } from './migrations/people.migration.js';
import { BiViews1796200000000 } from './migrations/bi-views.migration.js';
import { HomesByRevision1800400000000 } from './migrations/homes-by-revision.migration.js';
import { PathsByMilestone1800200000000 } from './migrations/paths-by-milestone.migration.js';
import { KeptAttributions1800300000000 } from './migrations/kept-attributions.migration.js';
import { TouchRetention1800100000000 } from './migrations/touch-retention.migration.js';
import { RetimedAndMerged1796300000000 } from './migrations/retimed-and-merged.migration.js';
import { ReportingConfig } from './reporting.config.js';
import { OfferFactsStore } from './sla/offer-facts.store.js';
import { OnHandoffMoved } from './sla/on-handoff-moved.js';
import { SlaReportStore } from './sla/sla-report.store.js';
import { SlaHttp } from './sla/sla.http.js';
import { LeadTouchStore } from './touch/lead-touch.store.js';
import { OnActivityAttributed } from './touch/on-activity-attributed.js';
import { OnActivityRecorded } from './touch/on-activity-recorded.js';
import { TouchReportStore } from './touch/touch-report.store.js';
import { TouchRetention } from './touch/touch-retention.job.js';
import { TouchRetentionStore } from './touch/touch-retention.store.js';
import { TouchStore } from './touch/touch.store.js';
import { TouchesHttp } from './touch/touches.http.js';

export const reporting = service({
  name: 'reporting',
  headerLimit: IDENTITY_HEADER_LIMIT,
  config: ReportingConfig,
  migrations: [
    Facts1764100000000,
    Live1764100000001,
    Campaigns1764100000002,
    LeadSellers1796000000000,
    People1796100000000,
    CampaignPlans1796100000001,
    BiViews1796200000000,
    RetimedAndMerged1796300000000,
    ErasedLeads1799600000001,
    TouchRetention1800100000000,
    PathsByMilestone1800200000000,
    KeptAttributions1800300000000,
    HomesByRevision1800400000000,
  ],
  readers: [
    {
      name: 'facts',
      // 2: people and paths, which need the moves of leads that sums by cohort did not keep. 3: clocks that were retimed.
      version: 3,
      handlers: [
        OnLeadMoved,
        OnHandoffMoved,
        OnDefinitionActivated,
        OnActivityRecorded,
        OnActivityAttributed,
      ],
      tables: [
        'lead_facts',
        'stage_moves',
        'lead_links',
        'profile_homes',
        'stage_retractions',
        'touches',
        'touches_deleted',
        'deal_facts',
        'deal_renewals',
        'people',
        'paths',
        'handoff_facts',
        'definitions',
        'activities_seen',
        'activity_days',
        'touch_counts',
        'campaigns',
      ],
    },
    { name: 'live', handlers: [OnLeadLiveFeed, OnHandoffLiveFeed, OnNoticeLiveFeed], passesErasedBy: true },
    { name: 'erasures', handlers: [OnErasureRequested] },
  ],
  http: [
    FunnelHttp,
    SlaHttp,
    TouchesHttp,
    AttributionHttp,
    AttributionReportHttp,
    KeptAttributionHttp,
    FlowHttp,
    KpiHttp,
    CampaignHttp,
    DrillDownHttp,
    FactExportHttp,
    LiveHttp,
    RecountHttp,
  ],
  bodyLimit: MAX_BODY_BYTES,
  fastify: (instance) => {
    boundJson(instance, '/attribution/evaluate');
    exportAsCsv(instance);
  },
  stores: [
    BiAccess,
    PersonLabelsStore,
    LeadFactsStore,
    LeadMergesStore,
    LeadTouchStore,
    DealFactsStore,
    PeopleStore,
    FlowReportStore,
    KpiReportStore,
    CampaignPlanStore,
    DrillDownStore,
    FactExportStore,
    PathReportStore,
    AttributionReportStore,
    KeptAttributionStore,
    Evaluations,
    RecountStore,
    SnapshotCache,
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
    LiveReportStore,
    LiveReports,
    LiveFeed,
    LiveRetention,
    TouchRetentionStore,
    TouchRetention,
  ],
  onReady: async (app) => {
    await app.get(BiAccess).grant();
    app.get(LiveFeed).start();
    app.get(LiveRetention).start();
    app.get(TouchRetention).start();
  },
});
