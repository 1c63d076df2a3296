import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { startupBanner } from '../stack/startup-banner.js';
import { StartFault } from '../process/start-fault.js';
import { secretsIn, type Secrets } from '../secrets/secrets.js';
import { seed } from '../seed/seed.js';
import { serviceNames, type ServiceName } from '../services.js';
import { brokerOptions } from './broker-options.js';
import { provision } from './provision.js';
import { serviceDatabaseUrl } from './provision-database.js';

export interface JobEnvironment {
  /** Folder of `secrets.json` and one `<service>.env` per service. */
  readonly secretsDir: string;
  /** File with the superuser's password. */
  readonly postgresPasswordFile: string;
  /** host:port */
  readonly postgresAddress: string;
  readonly brokers: string;
  /** Environment with the KAFKA_… settings of provisioning. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly gateway: string;
  /** Addresses reachable from outside. */
  readonly publicGateway: string;
  readonly publicIngestion: string;
}

const passwordIn = (file: string): string => {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(18).toString('base64url'));
    // PostgreSQL reads it under another account; no other container mounts the folder.
    chmodSync(file, 0o444);
  }
  return readFileSync(file, 'utf8').trim();
};

const adminUrl = ({ postgresPasswordFile, postgresAddress }: JobEnvironment): string =>
  `postgres://postgres:${passwordIn(postgresPasswordFile)}@${postgresAddress}/baton`;

/** Secrets of one service as shell assignments. */
export const secretLines = (service: ServiceName, secrets: Secrets, admin: string): string => {
  const { databasePasswords, identity, adminToken } = secrets;
  const variables: Record<string, string> = {
    DATABASE_URL: serviceDatabaseUrl(admin, service, databasePasswords[service]),
    IDENTITY_PUBLIC_KEYS: identity.publicKeys.join(','),
    ...(service === 'gateway' ? { IDENTITY_PRIVATE_KEY: identity.privateKey, ADMIN_TOKEN: adminToken } : {}),
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
};

const jobs: Readonly<Record<string, (job: JobEnvironment) => Promise<void>>> = {
  /** Generates missing secrets; runs before any server. */
  secrets: (job) => {
    const secrets = secretsIn(join(job.secretsDir, 'secrets.json'));
    for (const service of serviceNames) {
      const lines = secretLines(service, secrets, adminUrl(job));
      writeFileSync(join(job.secretsDir, `${service}.env`), lines, { mode: 0o600 });
    }
    return Promise.resolve();
  },
  /** Roles, schemas and topics. */
  servers: async (job) => {
    const { databasePasswords } = secretsIn(join(job.secretsDir, 'secrets.json'));
    await provision({
      adminUrl: adminUrl(job),
      brokers: job.brokers,
      passwords: databasePasswords,
      topics: brokerOptions(job.variables),
    });
  },
  /** Logins, sellers, source and form, over the API. */
  seed: async (job) => {
    const seeded = await seed({
      gateway: job.gateway,
      secretsFile: join(job.secretsDir, 'secrets.json'),
      say: console.log,
    });
    console.log(startupBanner({ gateway: job.publicGateway, ingestion: job.publicIngestion, ...seeded }));
  },
};

/** @throws StartFault for an unknown job */
export const provisionJob = async (name: string, environment: JobEnvironment): Promise<void> => {
  const job = jobs[name];
  if (!job)
    throw new StartFault(`There is no job "${name}".`, `Choose one of: ${Object.keys(jobs).join(', ')}.`);
  await job(environment);
};
