import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../../..');

const writable = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const cacheFolder = (): string => {
  const shared = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'baton');
  return writable(shared) ? shared : join(repository, '.baton', 'cache');
};

/** Everything this package takes from the environment. */
export const environment = {
  repository,
  /** Where downloads are kept for all clones. */
  cache: cacheFolder(),
  javaHome: process.env['JAVA_HOME'],
  databaseUrl: process.env['DATABASE_URL'],
  kafkaBrokers: process.env['KAFKA_BROKERS'],
  otlpEndpoint: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'],
};
