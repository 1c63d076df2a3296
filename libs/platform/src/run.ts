import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { environment } from './config/environment.config.js';
import { ConfigError, loadConfig } from './config/load-config.js';
import { connect, dataSourceOf, MIGRATION_LIMITS } from './database/connect.js';
import { migrate } from './database/migrate.js';
import { openApiDocument } from './openapi-document.js';
import { createLogger, type Logger } from './log/logger.js';
import type { Service } from './service.js';
import { start, type Running } from './start.js';
import { flushTelemetry } from './telemetry/registry.js';

const OPTIONS = {
  'check-config': { type: 'boolean' },
  migrate: { type: 'boolean' },
  openapi: { type: 'string' },
} as const;

/**
 * Runs a service as a process until SIGTERM or SIGINT. `--check-config` validates the environment and exits; `--migrate`
 * brings the schema up to date and exits; `--openapi FILE` writes the OpenAPI document and exits.
 * Exit code 0 after a requested end, otherwise 1 with one line that names the cause.
 */
export const run = async (spec: Service): Promise<void> => {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.openapi)
      await writeFile(values.openapi, `${JSON.stringify(await openApiDocument(spec), null, 2)}\n`);
    else if (values['check-config']) checkConfig(spec);
    else if (values.migrate) await migrateOnce(spec);
    else return await serve(spec);
    process.exit(0);
  } catch (fault) {
    process.stderr.write(`${fault instanceof ConfigError ? fault.message : String(fault)}\n`);
    process.exit(1);
  }
};

const checkConfig = (spec: Service): void => {
  loadConfig(spec, environment());
  process.stdout.write(`The configuration of ${spec.name} is complete.\n`);
};

const migrateOnce = async (spec: Service): Promise<void> => {
  const config = loadConfig(spec, environment());
  const logger = await createLogger({ name: spec.name, level: config.logLevel });
  const source = await connect(
    () => dataSourceOf({ spec, config, logger, limits: MIGRATION_LIMITS }),
    logger,
  );
  try {
    logger.info({ ran: await migrate(source, config.databaseSchema) }, 'the schema is up to date');
  } finally {
    await source.destroy();
  }
};

const serve = async (spec: Service): Promise<void> => {
  const config = loadConfig(spec, environment());
  const logger = await createLogger({ name: spec.name, level: config.logLevel });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (err) => exitFatal(logger, err, 'unhandled error'));
  let running: Running | undefined;
  stopOnSignal(logger, config.shutdownGraceMs, async () => running?.stop());
  try {
    running = await start(spec, environment(), { logger });
  } catch (err) {
    return exitFatal(logger, err, 'the service cannot start');
  }
  await running.failed;
  process.exit(1);
};

const exitFatal = (logger: Logger, err: unknown, reason: string): never => {
  logger.fatal({ err }, reason);
  process.exit(1);
};

/** The first signal drains; a second one, or a drain longer than `graceMs`, exits at once. */
const stopOnSignal = (logger: Logger, graceMs: number, stop: () => Promise<void>): void => {
  let stopping = false;
  const onSignal = async (signal: string): Promise<void> => {
    if (stopping) return exitFatal(logger, undefined, 'second signal: exiting at once');
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(
      () => exitFatal(logger, undefined, `not drained within ${graceMs} ms: exiting anyway`),
      graceMs,
    );
    await stop();
    await flushTelemetry().catch((err: unknown) => logger.warn({ err }, 'the last spans were not exported'));
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void onSignal(signal));
};
