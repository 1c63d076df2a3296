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

/** Environment variables this package reads. */
export const environment = {
  repository,
  /** Downloads, shared by all clones. */
  cache: cacheFolder(),
  javaHome: process.env['JAVA_HOME'],
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  kafkaBrokers: process.env['KAFKA_BROKERS'] || undefined,
  biPassword: process.env['BI_PASSWORD'] || undefined,
  /** Settings of the container jobs. */
  job: {
    secretsDir: process.env['SECRETS_DIR'] || '/run/baton',
    postgresPasswordFile: process.env['POSTGRES_PASSWORD_FILE'] || '/run/baton-postgres/password',
    postgresAddress: process.env['POSTGRES_ADDRESS'] || 'postgres:5432',
    brokers: process.env['KAFKA_BROKERS'] || 'kafka:9092',
    variables: { ...process.env } as Readonly<Record<string, string | undefined>>,
    biPassword: process.env['BI_PASSWORD'] || undefined,
    gateway: process.env['GATEWAY_URL'] || 'http://gateway:8080',
    demo: process.env['DEMO'] === 'true',
    publicGateway: process.env['PUBLIC_GATEWAY_URL'] || 'http://127.0.0.1:8400',
  },
  /** Passed to every child process. */
  all: { ...process.env } as Readonly<Record<string, string | undefined>>,
  /** Started by npm, whose shell does not forward signals. */
  byNpm: process.env['npm_lifecycle_event'] === 'start',
};
