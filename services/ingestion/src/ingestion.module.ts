import { service } from '@baton/platform';
import { SubmitFormHttp } from './form/submit-form.http.js';
import { FormCache } from './form/form.cache.js';
import { FormStore } from './form/form.store.js';
import { FormsHttp } from './form/forms.http.js';
import { IngestionConfig } from './ingestion.config.js';
import { Sources1764100000000 } from './migrations/sources.migration.js';
import { ClientSettingsHttp } from './segment/client-settings.http.js';
import { SegmentHttp } from './segment/segment.http.js';
import { SourceCache } from './source/source.cache.js';
import { SourceStore } from './source/source.store.js';
import { SourcesHttp } from './source/sources.http.js';

export const ingestion = service({
  name: 'ingestion',
  config: IngestionConfig,
  migrations: [Sources1764100000000],
  publishes: true,
  http: [SourcesHttp, FormsHttp],
  stores: [SourceStore, FormStore, SourceCache, FormCache, SegmentHttp, ClientSettingsHttp, SubmitFormHttp],
  fastify: async (instance, app) => {
    await instance.register((scope) => Promise.resolve(app.get(SegmentHttp).routes(scope, instance)));
    await instance.register((scope) => Promise.resolve(app.get(ClientSettingsHttp).routes(scope, instance)));
    await instance.register((scope) => Promise.resolve(app.get(SubmitFormHttp).routes(scope, instance)));
  },
  onReady: async (app) => {
    await Promise.all([app.get(SourceCache).refresh(), app.get(FormCache).refresh()]);
  },
});
