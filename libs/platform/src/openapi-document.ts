import { pino } from 'pino';
import type { Providers } from './app.module.js';
import { Clock } from './clock.js';
import { ServiceConfig } from './config/service.config.js';
import { openApiOf } from './http/openapi.js';
import type { Service } from './service.js';
import { Shutdown } from './shutdown.js';
import { createApp } from './start.js';

/** The OpenAPI document of a service, without a configuration, a database or a broker: nothing of the service runs. */
export const openApiDocument = async (spec: Service): Promise<object> => {
  // Never touched: in preview Nest resolves the constructors' arguments but calls no constructor.
  const absent = {} as never;
  const providers: Providers = {
    config: new ServiceConfig(),
    identities: absent,
    logger: pino({ level: 'silent' }),
    clock: new Clock(),
    shutdown: new Shutdown(),
    database: absent,
    readDatabase: absent,
    document: absent,
    outbox: absent,
    publisher: absent,
    timers: absent,
    readers: absent,
  };
  const app = await createApp(spec, providers, true);
  return openApiOf(app, spec.name, spec.http ?? []);
};
