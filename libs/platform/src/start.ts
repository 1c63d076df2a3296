import { Database } from '@baton/bus';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Parts } from './app.module.js';
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
import { Openings } from './disposables.js';
import type { Service } from './service.js';
import { Shutdown } from './shutdown.js';
import type { Starting } from './start-context.js';

export interface Running {
  /** Where it listens. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Resolves with the reason when the service cannot go on and its process should end. */
  readonly failed: Promise<string>;
  /** Stops taking work, lets what is under way end, closes. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/**
 * Starts a service within this process, with its environment as an argument: what tests use. Resolves when it answers
 * HTTP; it reads events from then on, as soon as the broker is there. Throws when it cannot start, with nothing left open.
 */
export const start = async (
  spec: Service,
  environment: Environment,
  options: StartOptions = {},
): Promise<Running> => {
  const config = loadConfig(spec, environment);
  const logger = options.logger ?? (await createLogger({ name: spec.name, level: config.logLevel }));
  const openings = new Openings(logger);
  const shutdown = new Shutdown();
  const stop = (): Promise<void> => {
    shutdown.begin();
    return openings.close();
  };
  let fail!: (reason: string) => void;
  const failed = new Promise<string>((resolve) => (fail = resolve));
  try {
    const { app, url } = await serve({
      ...{ spec, config, logger, openings, shutdown },
      clock: options.clock ?? new Clock(),
      health: new Health(),
      database: await openDatabase(spec, config, logger, openings),
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

const openDatabase = async (
  ...[spec, config, logger, openings]: [Service, Parts['config'], Logger, Openings]
): Promise<Database> => {
  const source = await connect(() => dataSourceOf(spec, config, logger), logger);
  openings.add('database', () => source.destroy());
  await requireMigrated(source);
  return new Database(source);
};

/** The order matters: whatever is opened later is closed earlier, and uses what was opened before it. */
const serve = async (starting: Starting): Promise<{ app: NestFastifyApplication; url: string }> => {
  const { spec, config, logger, database, health, openings, shutdown } = starting;
  health.add('database', async () => void (await database.rows('select 1')));
  const bus = await openBus(starting);
  const app = await createApp(spec, { ...starting, ...bus });
  openings.add('http', () => closeHttp(app, config.shutdownGraceMs));
  const { instance, durations } = await prepareHttp(app, spec, shutdown);
  const openApi = async (): Promise<object> => {
    // Loaded only when somebody asks: the generator takes more memory than most services' own code.
    const { openApiOf } = await import('./http/openapi.js');
    return openApiOf(app, spec.name, spec.http ?? []);
  };
  addOperations(instance, { health, durations, openApi });
  await app.init();
  await spec.onReady?.(app);
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  logger.info({ url }, 'listening');
  beginWork(starting, bus, app);
  return { app, url };
};

/** The application with its routes and injectables, not yet listening. */
export const createApp = (spec: Service, parts: Parts, preview = false): Promise<NestFastifyApplication> => {
  const filter = new ProblemFilter(parts.logger);
  return NestFactory.create<NestFastifyApplication>(
    AppModule.of(spec, parts, filter),
    createAdapter(spec, filter),
    {
      logger: new NestLogger(parts.logger),
      bodyParser: false,
      abortOnError: false,
      preview,
    },
  );
};

/** Requests under way may end; streams that ignore the shutdown signal are cut off after half of the time there is. */
const closeHttp = async (app: NestFastifyApplication, graceMs: number): Promise<void> => {
  const server = app.getHttpServer() as { closeAllConnections(): void };
  const cut = setTimeout(() => server.closeAllConnections(), graceMs / 2);
  await app.close();
  clearTimeout(cut);
};
