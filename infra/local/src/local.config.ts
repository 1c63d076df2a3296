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
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  kafkaBrokers: process.env['KAFKA_BROKERS'] || undefined,
  /** Handed on to everything that is started. */
  all: { ...process.env } as Readonly<Record<string, string | undefined>>,
  /** Whether npm started us, through a shell that does not pass signals on. */
  byNpm: process.env['npm_lifecycle_event'] === 'start',
};
