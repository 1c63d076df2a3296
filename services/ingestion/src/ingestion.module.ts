import { ErasedLeads1799600000001 } from '@baton/bus';
import { service } from '@baton/platform';
import { OnErasureRequested } from './erasure/on-erasure-requested.js';
import { PublishKept } from './erasure/publish-kept.js';
import { SubmitFormHttp } from './form/submit-form.http.js';
import { FormCache } from './form/form.cache.js';
import { FormStore } from './form/form.store.js';
import { FormsHttp } from './form/forms.http.js';
import { IngestionConfig } from './ingestion.config.js';
import { LimitUsageStore } from './limit/limit-usage.store.js';
import { RateLimits } from './limit/rate-limits.cache.js';
import { RateLimitsJob } from './limit/rate-limits.job.js';
import { ErasedHeldEvents1799700000000 } from './migrations/erased-held-events.migration.js';
import { ErasedIdentifiers1799600000002 } from './migrations/erased-identifiers.migration.js';
import { ReceivedRequests1764100000001 } from './migrations/received-requests.migration.js';
import { Sources1764100000000 } from './migrations/sources.migration.js';
import { WholeRefusedMessages1799700000001 } from './migrations/whole-refused-messages.migration.js';
import { WriteKeys1764100000002 } from './migrations/write-keys.migration.js';
import { HeldEvents } from './quota/held-events.cache.js';
import { HeldEventsStore } from './quota/held-events.store.js';
import { ReleaseHeldJob } from './quota/release-held.job.js';
import { Intake } from './intake/intake.http.js';
import { ReceivedQueryStore } from './received/received-query.store.js';
import { ReceivedHttp } from './received/received.http.js';
import { ReceivedStore } from './received/received.store.js';
import { RefusedMessages } from './received/refused-messages.cache.js';
import { RequestRecorder } from './received/request-recorder.cache.js';
import { RequestRecorderJob } from './received/request-recorder.job.js';
import { ClientSettingsHttp } from './segment/client-settings.http.js';
import { SegmentHttp } from './segment/segment.http.js';
import { KeyUses } from './source/key-uses.job.js';
import { SourceCache } from './source/source.cache.js';
import { SourceStore } from './source/source.store.js';
import { SourcesHttp } from './source/sources.http.js';
import { WriteKeyStore } from './source/write-key.store.js';
import { WriteKeysHttp } from './source/write-keys.http.js';

export const ingestion = service({
  name: 'ingestion',
  config: IngestionConfig,
  migrations: [
    Sources1764100000000,
    ReceivedRequests1764100000001,
    WriteKeys1764100000002,
    ErasedLeads1799600000001,
    ErasedIdentifiers1799600000002,
    ErasedHeldEvents1799700000000,
    WholeRefusedMessages1799700000001,
  ],
  readers: [{ name: 'erasures', handlers: [OnErasureRequested] }],
  publishes: true,
  http: [SourcesHttp, WriteKeysHttp, ReceivedHttp, FormsHttp],
  stores: [
    SourceStore,
    WriteKeyStore,
    KeyUses,
    FormStore,
    SourceCache,
    FormCache,
    RateLimits,
    LimitUsageStore,
    RateLimitsJob,
    ReceivedStore,
    ReceivedQueryStore,
    RequestRecorder,
    RequestRecorderJob,
    RefusedMessages,
    HeldEventsStore,
    HeldEvents,
    PublishKept,
    ReleaseHeldJob,
    Intake,
    SegmentHttp,
    ClientSettingsHttp,
    SubmitFormHttp,
  ],
  fastify: async (instance, app) => {
    await instance.register((scope) => Promise.resolve(app.get(SegmentHttp).routes(scope, instance)));
    await instance.register((scope) => Promise.resolve(app.get(ClientSettingsHttp).routes(scope, instance)));
    await instance.register((scope) => Promise.resolve(app.get(SubmitFormHttp).routes(scope, instance)));
  },
  onReady: async (app) => {
    await Promise.all([app.get(SourceCache).refresh(), app.get(FormCache).refresh()]);
    await app.get(RequestRecorderJob).start();
    app.get(KeyUses).start();
    app.get(RateLimitsJob).start();
    app.get(ReleaseHeldJob).start();
  },
});
