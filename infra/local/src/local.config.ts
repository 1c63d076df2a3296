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
  /** Of the jobs in containers. */
  job: {
    secretsDir: process.env['SECRETS_DIR'] || '/run/baton',
    postgresPasswordFile: process.env['POSTGRES_PASSWORD_FILE'] || '/run/baton-postgres/password',
    postgresAddress: process.env['POSTGRES_ADDRESS'] || 'postgres:5432',
    brokers: process.env['KAFKA_BROKERS'] || 'kafka:9092',
    gateway: process.env['GATEWAY_URL'] || 'http://gateway:8080',
    publicGateway: process.env['PUBLIC_GATEWAY_URL'] || 'http://127.0.0.1:8400',
    publicIngestion: process.env['PUBLIC_INGESTION_URL'] || 'http://127.0.0.1:8401',
  },
  /** Handed on to everything that is started. */
  all: { ...process.env } as Readonly<Record<string, string | undefined>>,
  /** Whether npm started us, through a shell that does not pass signals on. */
  byNpm: process.env['npm_lifecycle_event'] === 'start',
};
