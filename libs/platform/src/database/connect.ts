import { backoffMs, isTransient } from '@baton/bus';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { ServiceConfig } from '../config/service.config.js';
import type { Logger } from '../log/logger.js';
import type { Service } from '../service.js';
import { TimeLimitedClient } from './time-limited-client.js';

/** A database that starts together with the service is waited for this long. */
const MAX_CONNECT_WAIT_MS = 60_000;
/** Max time to open a connection, and to wait for a free one of the pool. */
const CONNECT_TIMEOUT_MS = 5_000;
/** TCP keepalive starts after this idle time; the kernel's default is two hours. */
const KEEPALIVE_DELAY_MS = 10_000;
/** The server cancels a statement first; the client closes the connection when that has no effect. */
const CANCEL_MARGIN_MS = 2_000;

/** Server-side settings of each connection: the locks of a client host that vanished are released after about a minute. */
const SESSION = {
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

export interface PoolLimits {
  readonly connections: number;
  /** Milliseconds after which the client closes the connection of an unanswered query; 0 disables the limit. */
  readonly queryTimeoutMs: number;
  /** Milliseconds after which the server cancels a statement; 0 disables the limit. */
  readonly statementTimeoutMs: number;
}

/** Readers, timers, outbox and commands. */
export const pipelineLimits = (config: ServiceConfig): PoolLimits => ({
  connections: config.databasePoolSize,
  queryTimeoutMs: config.databaseQueryTimeoutMs,
  statementTimeoutMs: 0,
});

/** Queries that answer HTTP requests. */
export const readLimits = (config: ServiceConfig): PoolLimits => ({
  connections: config.databaseReadPoolSize,
  queryTimeoutMs: config.databaseReadTimeoutMs + CANCEL_MARGIN_MS,
  statementTimeoutMs: config.databaseReadTimeoutMs,
});

/** Migrations may rewrite large tables. */
export const MIGRATION_LIMITS: PoolLimits = { connections: 2, queryTimeoutMs: 0, statementTimeoutMs: 0 };

export interface DataSourceSettings {
  readonly spec: Service;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly limits: PoolLimits;
}

/** Connects to the service's own schema, as its role. SQL uses unqualified table names: `search_path` is the schema. */
export const dataSourceOf = ({ spec, config, logger, limits }: DataSourceSettings): DataSource => {
  const session = {
    search_path: config.databaseSchema,
    statement_timeout: String(limits.statementTimeoutMs),
    ...SESSION,
  };
  return new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    schema: config.databaseSchema,
    applicationName: spec.name,
    poolSize: limits.connections,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolErrorHandler: (err: unknown) => logger.warn({ err }, 'an idle database connection was lost'),
    entities: [...(spec.entities ?? [])],
    migrations: [...spec.migrations],
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    logging: false,
    extra: {
      Client: TimeLimitedClient,
      queryTimeoutMs: limits.queryTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_DELAY_MS,
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
