import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { environment } from './config/environment.config.js';
import { ConfigError, loadConfig } from './config/load-config.js';
import { connect, dataSourceOf } from './database/connect.js';
import { migrate } from './database/migrate.js';
import { describe } from './openapi-document.js';
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
 * A service as a process: serves until SIGTERM or SIGINT. `--check-config` validates the environment and exits;
 * `--migrate` brings the schema up to date and exits; `--openapi FILE` writes the OpenAPI document and exits.
 * Exit codes: 0 ended as asked, 1 anything else, with one line that says why.
 */
export const run = async (spec: Service): Promise<void> => {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.openapi) await writeFile(values.openapi, `${JSON.stringify(await describe(spec), null, 2)}\n`);
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
  const source = await connect(() => dataSourceOf(spec, config, logger), logger);
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
    process.on(event, (err) => giveUp(logger, err, 'a fault that nothing was prepared for'));
  let running: Running | undefined;
  stopOnSignal(logger, config.shutdownGraceMs, async () => running?.stop());
  try {
    running = await start(spec, environment(), { logger });
  } catch (err) {
    return giveUp(logger, err, 'the service cannot start');
  }
  await running.failed;
  process.exit(1);
};

const giveUp = (logger: Logger, err: unknown, why: string): never => {
  logger.fatal({ err }, why);
  process.exit(1);
};

/** The first signal drains, the second ends at once; so does a drain that takes too long. */
const stopOnSignal = (logger: Logger, graceMs: number, stop: () => Promise<void>): void => {
  let stopping = false;
  const onSignal = async (signal: string): Promise<void> => {
    if (stopping) return giveUp(logger, undefined, 'a second signal: ending at once');
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => giveUp(logger, undefined, `not drained within ${graceMs} ms: ending anyway`), graceMs);
    await stop();
    await flushTelemetry().catch((err: unknown) => logger.warn({ err }, 'the last spans were not sent'));
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void onSignal(signal));
};
