import { Database } from '@baton/bus';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule, type Providers } from './app.module.js';
import { beginWork, openBus } from './bus-wiring.js';
import { Clock } from './clock.js';
import { loadConfig, type Environment } from './config/load-config.js';
import { connect, dataSourceOf, pipelineLimits, readLimits, type PoolLimits } from './database/connect.js';
import { requireMigrated } from './database/migrate.js';
import { ReadDatabase } from './database/read-database.js';
import { Health } from './health.js';
import { ApiDocument } from './http/api-document.js';
import { createAdapter, prepareHttp } from './http/http-adapter.js';
import { startManagement } from './http/management-server.js';
import { ProblemFilter } from './http/problem.filter.js';
import { authenticate } from './identity/authentication.guard.js';
import { IdentityVerifier } from './identity/identity-verifier.js';
import { kafkaSecurityWarnings } from './kafka/kafka-security.js';
import { createLogger, type Logger } from './log/logger.js';
import { NestLogger } from './log/nest-logger.js';
import { Disposables } from './disposables.js';
import type { Service } from './service.js';
import { Shutdown } from './shutdown.js';
import type { StartContext } from './start-context.js';
import { timersCheck } from './timers-check.js';

export interface Running {
  /** Base URL of the HTTP server. */
  readonly url: string;
  /** Base URL of health, metrics and OpenAPI. */
  readonly managementUrl: string;
  readonly app: NestFastifyApplication;
  /** Resolves with the reason when the service cannot continue and its process should exit. */
  readonly failed: Promise<string>;
  /** Stops accepting work, completes running work, closes all resources. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/**
 * Starts a service in this process with the given environment; used by `run` and by tests. Resolves when it answers HTTP;
 * it reads events as soon as the broker is reachable.
 *
 * @throws when it cannot start; every resource is closed then
 */
export const start = async (
  spec: Service,
  environment: Environment,
  options: StartOptions = {},
): Promise<Running> => {
  const config = loadConfig(spec, environment);
  const logger = options.logger ?? (await createLogger({ name: spec.name, level: config.logLevel }));
  for (const warning of kafkaSecurityWarnings(config)) logger.warn(warning);
  const disposables = new Disposables(logger);
  const shutdown = new Shutdown();
  const stop = (): Promise<void> => {
    shutdown.begin();
    return disposables.close();
  };
  let fail!: (reason: string) => void;
  const failed = new Promise<string>((resolve) => (fail = resolve));
  try {
    const served = await serve({
      spec,
      config,
      logger,
      disposables,
      shutdown,
      clock: options.clock ?? new Clock(),
      health: new Health(),
      ...(await openDatabases({ spec, config, logger, disposables })),
      fail: (reason, err) => {
        logger.fatal({ err }, reason);
        fail(reason);
      },
    });
    return { ...served, failed, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

type DatabaseContext = Pick<StartContext, 'spec' | 'config' | 'logger' | 'disposables'>;

const openDatabases = async ({
  disposables,
  ...settings
}: DatabaseContext): Promise<Pick<StartContext, 'database' | 'readDatabase'>> => {
  const { config, logger } = settings;
  const open = async (name: string, limits: PoolLimits): Promise<DataSource> => {
    const source = await connect(() => dataSourceOf({ ...settings, limits }), logger);
    disposables.add(name, () => source.destroy());
    return source;
  };
  const pipeline = await open('database', pipelineLimits(config));
  await requireMigrated(pipeline);
  const reads = await open('read database', readLimits(config));
  return { database: new Database(pipeline), readDatabase: new ReadDatabase(reads) };
};

/** The order matters: resources are closed in reverse order, and each uses resources opened before it. */
const serve = async (context: StartContext): Promise<Pick<Running, 'app' | 'url' | 'managementUrl'>> => {
  const { spec, config, logger, clock, database, readDatabase, health, disposables, shutdown } = context;
  health.add('database', async () => void (await database.rows('select 1')));
  health.add('read database', async () => void (await readDatabase.rows('select 1')));
  const bus = await openBus(context);
  if (bus.timers) health.add('timers', timersCheck(database, clock));
  const identities = new IdentityVerifier(config.identityPublicKeys, spec.name);
  const document = new ApiDocument(() => generateDocument(app, spec));
  const app: NestFastifyApplication = await createApp(spec, { ...context, ...bus, identities, document });
  disposables.add('http', () => closeHttp(app, config.shutdownGraceMs));
  const { instance, durations } = await prepareHttp(app, spec, shutdown);
  // For authenticated callers also on the public port: the gateway merges the documents of all services.
  instance.get('/openapi.json', (request) => {
    authenticate(request, identities);
    return document.read();
  });
  await app.init();
  const managementUrl = await startManagement({ config, health, durations, document, disposables });
  await spec.onReady?.(app);
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  logger.info({ url, managementUrl }, 'listening');
  beginWork(context, bus, app);
  return { app, url, managementUrl };
};

const generateDocument = async (app: NestFastifyApplication, spec: Service): Promise<object> => {
  // Loaded on the first request: the generator takes more memory than the code of most services.
  const { openApiOf } = await import('./http/openapi.js');
  return openApiOf(app, spec.name, spec.http ?? []);
};

/** The application with its routes and providers, not yet listening. */
export const createApp = (
  spec: Service,
  providers: Providers,
  preview = false,
): Promise<NestFastifyApplication> => {
  const filter = new ProblemFilter(providers.logger);
  return NestFactory.create<NestFastifyApplication>(
    AppModule.of(spec, providers, filter),
    createAdapter(spec, filter, providers.config),
    {
      logger: new NestLogger(providers.logger),
      bodyParser: false,
      abortOnError: false,
      preview,
    },
  );
};

/** Running requests may complete; connections still open after half of the grace period (streams) are closed. */
const closeHttp = async (app: NestFastifyApplication, graceMs: number): Promise<void> => {
  const server = app.getHttpServer() as { closeAllConnections(): void };
  const cut = setTimeout(() => server.closeAllConnections(), graceMs / 2);
  await app.close();
  clearTimeout(cut);
};
