import { Database } from '@baton/bus';
import { definitionMigrations, definitionProviders, definitionRoutes, Definitions } from '@baton/definitions';
import { Clock, IDENTITY_HEADER_LIMIT, service } from '@baton/platform';
import { Timers } from '@baton/timers';
import { funnelKind } from './definition/funnel.kind.js';
import { DealStore } from './verdict/deal.store.js';
import { OnDealChanged } from './verdict/on-deal-changed.js';
import { OnHandoffChanged } from './verdict/on-handoff-changed.js';
import { OnWakeDue } from './verdict/on-wake-due.js';
import { VerdictStore } from './verdict/verdict.store.js';
import { AccountCountStore } from './account/account-count.store.js';
import { AccountQueryStore } from './account-page/account-query.store.js';
import { AccountsHttp } from './account-page/accounts.http.js';
import { AccountStore } from './account/account.store.js';
import { ensureAccountCounts, OnAccountCountsDue } from './account/on-account-counts-due.js';
import { ActivityStore } from './activity/activity.store.js';
import { LeadQueryStore } from './lead/lead-query.store.js';
import { LeadSellersStore } from './lead/lead-sellers.store.js';
import { LeadStore } from './lead/lead.store.js';
import { LeadsHttp } from './lead/leads.http.js';
import { LeadExportHttp } from './lead/lead-export.http.js';
import { LeadViewStore } from './lead-view/lead-view.store.js';
import { LeadViewsHttp } from './lead-view/lead-views.http.js';
import { SaveLeadView } from './lead-view/save-lead-view.js';
import { ActivityPartitions } from './activity/activity-partitions.job.js';
import { OnActivityRecorded } from './lead/on-activity-recorded.js';
import { ExampleStore } from './learning/example.store.js';
import { LeadProbabilities } from './learning/lead-probability.cache.js';
import { LearnedModelStore } from './learning/learned-model.store.js';
import { LearningHttp } from './learning/learning.http.js';
import { ensureTraining, OnTrainingDue } from './learning/on-training-due.js';
import { ProposePoints } from './learning/propose-points.js';
import { TrainModel } from './learning/train-model.js';
import { TrainingJob } from './learning/training.job.js';
import { BacktestHttp } from './backtest/backtest.http.js';
import { BacktestStore } from './backtest/backtest.store.js';
import { ReplayHistoryStore } from './backtest/replay-history.store.js';
import { RunBacktest } from './backtest/run-backtest.js';
import { Accounts1799300000000 } from './migrations/accounts.migration.js';
import { Backtests1796400000000 } from './migrations/backtests.migration.js';
import { EraseLeadStore } from './erasure/erase-lead.store.js';
import { ErasuresHttp } from './erasure/erasures.http.js';
import { ErasureStore } from './erasure/erasure.store.js';
import { OnErasureRequested } from './erasure/on-erasure-requested.js';
import { OnLeadErased } from './erasure/on-lead-erased.js';
import { PersonExportHttp } from './erasure/person-export.http.js';
import { PersonExportStore } from './erasure/person-export.store.js';
import { RequestErasure } from './erasure/request-erasure.js';
import { Erasures1799600000000 } from './migrations/erasures.migration.js';
import { ExplanationHttp } from './explanation/explanation.http.js';
import { LeadStateStore } from './explanation/lead-state.store.js';
import { ScoredHistoryStore } from './explanation/scored-history.store.js';
import { OwnerChanges1796350000000 } from './migrations/owner-changes.migration.js';
import { LeadHistory } from './lead/lead-history.js';
import { MergeLeads } from './lead/merge-leads.js';
import { MergesHttp } from './lead/merges.http.js';
import { OnNurtureDue } from './rescore/on-nurture-due.js';
import { NurtureSignalStore } from './lead/nurture-signal.store.js';
import { DealEvidence1799500000000 } from './migrations/deal-evidence.migration.js';
import { Nurture1799400000000 } from './migrations/nurture.migration.js';
import { ReopenHttp } from './verdict/reopen.http.js';
import { ReopenLead } from './verdict/reopen-lead.js';
import { MovedLeads } from './lead/moved-leads.js';
import { Duplicates1798200000000 } from './migrations/duplicates.migration.js';
import { DuplicatesHttp } from './duplicate/duplicates.http.js';
import { DuplicatesStore } from './duplicate/duplicates.store.js';
import { CrmIds1798100000000 } from './migrations/crm-ids.migration.js';
import { LeadList1799500000000 } from './migrations/lead-list.migration.js';
import { AccountChanges1799760000000 } from './migrations/account-changes.migration.js';
import { LeadStandings1799750000000 } from './migrations/lead-standings.migration.js';
import { LeadViews1799700000000 } from './migrations/lead-views.migration.js';
import { Deals1796200000000 } from './migrations/deals.migration.js';
import { Learning1796300000000 } from './migrations/learning.migration.js';
import { LeadSellers1796000000000 } from './migrations/lead-sellers.migration.js';
import { OffersOfLead1799200000000 } from './migrations/offers-of-lead.migration.js';
import { Profiles1798000000000 } from './migrations/profiles.migration.js';
import { FunnelRules1798250000000 } from './migrations/funnel-rules.migration.js';
import { Shadow1799100000000 } from './migrations/shadow.migration.js';
import { ScoringTables1767225600300 } from './migrations/scoring-tables.migration.js';
import { ActiveDefinitionsCache } from './definition/active-definitions.cache.js';
import { OnAccountChanged } from './rescore/on-account-changed.js';
import { OnDefinitionDue } from './rescore/on-definition-due.js';
import { scoringModelKind } from './definition/scoring-model.kind.js';
import { OnDecayDue } from './rescore/on-decay-due.js';
import { OnShadowDue } from './shadow/on-shadow-due.js';
import { RunShadow } from './shadow/run-shadow.js';
import { ShadowSummaryStore } from './shadow/shadow-summary.store.js';
import { ShadowHttp } from './shadow/shadow.http.js';
import { ShadowStore } from './shadow/shadow.store.js';
import { ScoringConfig } from './scoring.config.js';

const kinds = [funnelKind, scoringModelKind];

/** Who a lead is, what they are worth, which stage they are in. */
export const scoring = service({
  name: 'scoring',
  headerLimit: IDENTITY_HEADER_LIMIT,
  config: ScoringConfig,
  migrations: [
    ...definitionMigrations,
    ScoringTables1767225600300,
    LeadSellers1796000000000,
    Deals1796200000000,
    Learning1796300000000,
    OwnerChanges1796350000000,
    Backtests1796400000000,
    Profiles1798000000000,
    CrmIds1798100000000,
    Duplicates1798200000000,
    FunnelRules1798250000000,
    Shadow1799100000000,
    OffersOfLead1799200000000,
    Accounts1799300000000,
    Nurture1799400000000,
    DealEvidence1799500000000,
    LeadList1799500000000,
    Erasures1799600000000,
    LeadViews1799700000000,
    LeadStandings1799750000000,
    AccountChanges1799760000000,
  ],
  readers: [
    { name: 'leads', handlers: [OnActivityRecorded, OnHandoffChanged, OnDealChanged], unknownEvents: 'stop' },
    { name: 'erasures', handlers: [OnErasureRequested, OnLeadErased], unknownEvents: 'stop' },
  ],
  timers: [
    OnDecayDue,
    OnWakeDue,
    OnNurtureDue,
    OnDefinitionDue,
    OnTrainingDue,
    OnShadowDue,
    OnAccountCountsDue,
    OnAccountChanged,
  ],
  http: [
    LeadsHttp,
    AccountsHttp,
    LeadExportHttp,
    LeadViewsHttp,
    MergesHttp,
    DuplicatesHttp,
    ReopenHttp,
    ErasuresHttp,
    PersonExportHttp,
    ExplanationHttp,
    BacktestHttp,
    ShadowHttp,
    LearningHttp,
    definitionRoutes(kinds),
  ],
  stores: [
    ...definitionProviders(kinds),
    ActiveDefinitionsCache,
    AccountStore,
    AccountCountStore,
    AccountQueryStore,
    LeadStore,
    LeadQueryStore,
    LeadViewStore,
    SaveLeadView,
    LeadSellersStore,
    ActivityStore,
    ActivityPartitions,
    LeadHistory,
    MovedLeads,
    MergeLeads,
    DuplicatesStore,
    ReopenLead,
    NurtureSignalStore,
    VerdictStore,
    ErasureStore,
    EraseLeadStore,
    RequestErasure,
    PersonExportStore,
    DealStore,
    ExampleStore,
    LearnedModelStore,
    LeadProbabilities,
    ProposePoints,
    TrainModel,
    TrainingJob,
    ScoredHistoryStore,
    LeadStateStore,
    BacktestStore,
    ReplayHistoryStore,
    RunBacktest,
    RunShadow,
    ShadowStore,
    ShadowSummaryStore,
  ],
  onReady: async (app) => {
    const now = app.get(Clock).now();
    await app.get(ActivityPartitions).ensure(app.get(Database), now);
    await app.get(Definitions).installDefaults(now);
    await ensureTraining(app.get(Database), app.get(Timers), now);
    await ensureAccountCounts(app.get(Database), app.get(Timers), now);
  },
});
