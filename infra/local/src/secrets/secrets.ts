import { generateIdentityKeys } from '@baton/platform/identity';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartFault } from '../process/start-fault.js';
import { perService, type PerService } from '../services.js';

export interface IdentityKeys {
  readonly privateKey: string;
  /** Several while keys are being replaced; the private one belongs to one of them. */
  readonly publicKeys: readonly string[];
}

/** What is generated once per installation and must never be printed, except the demo logins. */
export interface Secrets {
  /** With which the gateway signs the identities that the services verify. */
  readonly identity: IdentityKeys;
  /** SECOND_FACTOR_KEYS of the gateway: several while keys are being replaced, the present one first. */
  readonly secondFactorKeys: readonly string[];
  /** ADMIN_TOKEN of the gateway, for the time before there is an administrator. */
  readonly adminToken: string;
  /** API token with the role admin, which seeding creates for itself and for local tools. */
  readonly apiToken?: string;
  readonly databasePasswords: PerService<string>;
  /** One password per demo login. */
  readonly loginPasswords: Readonly<Record<string, string>>;
  /** Shown once by ingestion when the source is made, so kept here. */
  readonly writeKeys: Readonly<Record<string, string>>;
}

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

const newIdentity = (): IdentityKeys => {
  const { privateKey, publicKey } = generateIdentityKeys();
  return { privateKey, publicKeys: [publicKey] };
};

const generated = (): Secrets => ({
  identity: newIdentity(),
  secondFactorKeys: [random(32)],
  adminToken: random(24),
  databasePasswords: perService(() => random(18)),
  loginPasswords: {},
  writeKeys: {},
});

/** Writes a file atomically, readable by its owner only. */
export const writePrivate = (file: string, content: unknown): void => {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(part, file);
};

const parsed = (file: string): Partial<Secrets> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch (cause) {
    throw new StartFault(
      `${file} cannot be read as JSON.`,
      'Correct it, or start with an empty system by `npm run reset` (deletes the data too).',
      { cause },
    );
  }
};

/**
 * Secrets stored in `file`; missing ones are generated and stored.
 * @throws StartFault when the file is not JSON
 */
export const secretsIn = (file: string): Secrets => {
  const fresh = generated();
  const kept = existsSync(file) ? parsed(file) : {};
  const secrets = {
    ...fresh,
    ...kept,
    databasePasswords: { ...fresh.databasePasswords, ...kept.databasePasswords },
  };
  writePrivate(file, secrets);
  return secrets;
};

/** Password of a demo login, generated and stored on first use. */
export const loginPassword = (file: string, login: string): string => {
  const secrets = secretsIn(file);
  const known = secrets.loginPasswords[login];
  if (known) return known;
  const password = random(9);
  writePrivate(file, { ...secrets, loginPasswords: { ...secrets.loginPasswords, [login]: password } });
  return password;
};

/** Stores the API token of local tools. */
export const keepApiToken = (file: string, apiToken: string): void => {
  writePrivate(file, { ...secretsIn(file), apiToken });
};

/** Stores the write key of a source. */
export const keepWriteKey = (file: string, source: string, writeKey: string): void => {
  const secrets = secretsIn(file);
  writePrivate(file, { ...secrets, writeKeys: { ...secrets.writeKeys, [source]: writeKey } });
};
