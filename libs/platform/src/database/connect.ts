import { backoffMs, isTransient } from '@baton/bus';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { ServiceConfig } from '../config/service.config.js';
import type { Logger } from '../log/logger.js';
import type { Service } from '../service.js';

/** A database that starts together with the service is waited for this long. */
const MAX_CONNECT_WAIT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** Server-side settings of each connection: the locks of a client host that vanished are released after about a minute. */
const SESSION = {
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

/** Connects to the service's own schema, as its role. SQL uses unqualified table names: `search_path` is the schema. */
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

/**
 * Connects; retries for a minute while the database cannot be reached.
 *
 * @throws any other fault (a wrong password) at once
 */
export const connect = async (make: () => DataSource, logger: Logger): Promise<DataSource> => {
  const giveUpAt = Date.now() + MAX_CONNECT_WAIT_MS;
  for (let attempt = 1; ; attempt += 1) {
    const source = make();
    try {
      return await source.initialize();
    } catch (err) {
      await source.destroy().catch(() => undefined);
      if (!isTransient(err) || Date.now() > giveUpAt) throw err;
      logger.warn({ err, attempt }, 'the database cannot be reached yet; retrying');
      await pause(backoffMs(attempt));
    }
  }
};
