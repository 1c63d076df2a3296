import { Database } from '@baton/bus';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Providers } from './app.module.js';
import { beginWork, openBus } from './bus-wiring.js';
import { Clock } from './clock.js';
import { loadConfig, type Environment } from './config/load-config.js';
import { connect, dataSourceOf } from './database/connect.js';
import { requireMigrated } from './database/migrate.js';
import { Health } from './health.js';
import { createAdapter, prepareHttp } from './http/http-adapter.js';
import { addOperations } from './http/operations.js';
import { ProblemFilter } from './http/problem.filter.js';
import { createLogger, type Logger } from './log/logger.js';
import { NestLogger } from './log/nest-logger.js';
import { Disposables } from './disposables.js';
import type { Service } from './service.js';
import { Shutdown } from './shutdown.js';
import type { StartContext } from './start-context.js';

export interface Running {
  /** Base URL of the HTTP server. */
  readonly url: string;
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
  const disposables = new Disposables(logger);
  const shutdown = new Shutdown();
  const stop = (): Promise<void> => {
    shutdown.begin();
    return disposables.close();
  };
  let fail!: (reason: string) => void;
  const failed = new Promise<string>((resolve) => (fail = resolve));
  try {
    const { app, url } = await serve({
      spec,
      config,
      logger,
      disposables,
      shutdown,
      clock: options.clock ?? new Clock(),
      health: new Health(),
      database: await openDatabase({ spec, config, logger, disposables }),
      fail: (reason, err) => {
        logger.fatal({ err }, reason);
        fail(reason);
      },
    });
    return { app, url, failed, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

type DatabaseContext = Pick<StartContext, 'spec' | 'config' | 'logger' | 'disposables'>;

const openDatabase = async ({ spec, config, logger, disposables }: DatabaseContext): Promise<Database> => {
  const source = await connect(() => dataSourceOf(spec, config, logger), logger);
  disposables.add('database', () => source.destroy());
  await requireMigrated(source);
  return new Database(source);
};

/** The order matters: resources are closed in reverse order, and each uses resources opened before it. */
const serve = async (context: StartContext): Promise<{ app: NestFastifyApplication; url: string }> => {
  const { spec, config, logger, database, health, disposables, shutdown } = context;
  health.add('database', async () => void (await database.rows('select 1')));
  const bus = await openBus(context);
  const app = await createApp(spec, { ...context, ...bus });
  disposables.add('http', () => closeHttp(app, config.shutdownGraceMs));
  const { instance, durations } = await prepareHttp(app, spec, shutdown);
  const openApi = async (): Promise<object> => {
    // Loaded on the first request: the generator takes more memory than the code of most services.
    const { openApiOf } = await import('./http/openapi.js');
    return openApiOf(app, spec.name, spec.http ?? []);
  };
  addOperations(instance, { health, durations, openApi });
  await app.init();
  await spec.onReady?.(app);
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  logger.info({ url }, 'listening');
  beginWork(context, bus, app);
  return { app, url };
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
    createAdapter(spec, filter),
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
