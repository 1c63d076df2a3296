import { backoffMs, isTransient } from '@baton/bus';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { ServiceConfig } from '../config/service.config.js';
import type { Logger } from '../log/logger.js';
import type { Service } from '../service.js';

/** How long a start waits for a database that is still starting itself. */
const PATIENCE_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** Per connection, on the server's side: a host that dies whole loses its locks after about a minute, not after hours. */
const SESSION = {
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

/** The service's own schema, as its role. Tables stand unqualified in SQL: `search_path` names the schema. */
export const dataSourceOf = (spec: Service, config: ServiceConfig, logger: Logger): DataSource => {
  const session = { search_path: config.databaseSchema, ...SESSION };
  return new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    schema: config.databaseSchema,
    applicationName: spec.name,
    poolSize: config.databasePoolSize,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolErrorHandler: (err: unknown) => logger.warn({ err }, 'an idle database connection was lost'),
    entities: [...(spec.entities ?? [])],
    migrations: [...spec.migrations],
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    logging: false,
    extra: {
      keepAlive: true,
      options: Object.entries(session)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    },
  });
};

/** Connects; while the database cannot be reached it tries again for a minute. Anything else (a wrong password) throws at once. */
export const connect = async (make: () => DataSource, logger: Logger): Promise<DataSource> => {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let attempt = 1; ; attempt += 1) {
    const source = make();
    try {
      return await source.initialize();
    } catch (err) {
      await source.destroy().catch(() => undefined);
      if (!isTransient(err) || Date.now() > giveUpAt) throw err;
      logger.warn({ err, attempt }, 'the database cannot be reached yet; trying again');
      await pause(backoffMs(attempt));
    }
  }
};
