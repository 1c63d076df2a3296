import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { StartFault } from '../process/start-fault.js';
import { secretsIn, type Secrets } from '../secrets/secrets.js';
import { seed } from '../seed/seed.js';
import { serviceNames, type ServiceName } from '../services.js';
import { brokerOptions } from './broker-options.js';
import { provision } from './provision.js';
import { serviceDatabaseUrl } from './provision-database.js';

export interface JobEnvironment {
  /** Folder of `secrets.json`, with one `<service>/env` per service. */
  readonly secretsDir: string;
  /** File with the superuser's password. */
  readonly postgresPasswordFile: string;
  /** host:port */
  readonly postgresAddress: string;
  readonly brokers: string;
  /** Environment with the KAFKA_… settings of provisioning. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** BI_PASSWORD: of the role of BI tools, which cannot log in without. */
  readonly biPassword: string | undefined;
  readonly gateway: string;
  /** Whether demo users are created. */
  readonly demo: boolean;
  /** Address reachable from outside. */
  readonly publicGateway: string;
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

const gatewayVariables = ({ identity, secondFactorKeys, adminToken }: Secrets): Record<string, string> => ({
  IDENTITY_PRIVATE_KEY: identity.privateKey,
  SECOND_FACTOR_KEYS: secondFactorKeys.join(','),
  ADMIN_TOKEN: adminToken,
});

/** Secrets of one service as shell assignments. */
export const secretLines = (service: ServiceName, secrets: Secrets, admin: string): string => {
  const { databasePasswords, identity } = secrets;
  const variables: Record<string, string> = {
    DATABASE_URL: serviceDatabaseUrl(admin, service, databasePasswords[service]),
    IDENTITY_PUBLIC_KEYS: identity.publicKeys.join(','),
    ...(service === 'gateway' ? gatewayVariables(secrets) : {}),
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
};

const jobs: Readonly<Record<string, (job: JobEnvironment) => Promise<void>>> = {
  /** Generates missing secrets; runs before any server. */
  secrets: (job) => {
    const secrets = secretsIn(secretsFileOf(job.secretsDir));
    for (const service of serviceNames) {
      // A folder for each, which is the only one that the container of the service has.
      const file = join(job.secretsDir, service, 'env');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, secretLines(service, secrets, adminUrl(job)), { mode: 0o600 });
    }
    return Promise.resolve();
  },
  /** Roles, schemas and topics. */
  servers: async (job) => {
    const { databasePasswords } = secretsIn(secretsFileOf(job.secretsDir));
    await provision({
      adminUrl: adminUrl(job),
      brokers: job.brokers,
      passwords: databasePasswords,
      biPassword: job.biPassword,
      topics: brokerOptions(job.variables),
    });
  },
  /** Demo users, sellers, source and form, over the API; nothing unless asked for. */
  seed: async ({ demo, gateway, publicGateway, secretsDir }) => {
    if (!demo) {
      console.log(`Create the first administrator: ${publicGateway}. The job "setup-token" shows the token.`);
      return;
    }
    await seed({ gateway, secretsFile: secretsFileOf(secretsDir), say: console.log });
    console.log(`Demo users can log in: ${publicGateway}. The job "logins" shows their passwords.`);
  },
  /** Shows the token of the first use, which is not in the log of any container that keeps running. */
  'setup-token': ({ secretsDir }) => {
    console.log(secretsIn(secretsFileOf(secretsDir)).adminToken);
    return Promise.resolve();
  },
  /** Shows the passwords of the demo users. */
  logins: ({ secretsDir }) => {
    for (const [email, password] of Object.entries(secretsIn(secretsFileOf(secretsDir)).loginPasswords))
      console.log(`${email.padEnd(26)} ${password}`);
    return Promise.resolve();
  },
};

const secretsFileOf = (secretsDir: string): string => join(secretsDir, 'secrets.json');

/** @throws StartFault for an unknown job */
export const provisionJob = async (name: string, environment: JobEnvironment): Promise<void> => {
  const job = jobs[name];
  if (!job)
    throw new StartFault(`There is no job "${name}".`, `Choose one of: ${Object.keys(jobs).join(', ')}.`);
  await job(environment);
};
