import { randomBytes } from 'node:crypto';
import type { Login } from '../stack/local-file.js';
import { keepApiToken, keepWriteKey, loginPassword, secretsIn } from '../secrets/secrets.js';
import { StartFault } from '../process/start-fault.js';
import { AdminApi } from './admin-api.js';
import { demoUsers, type DemoUser } from './demo-users.js';

export interface SeedResult {
  readonly users: Readonly<Record<string, Login>>;
  readonly writeKey: string;
  readonly formId: string;
  /** With the role admin, for local tools. */
  readonly apiToken: string;
}

export interface SeedOptions {
  readonly gateway: string;
  readonly secretsFile: string;
  /** Receives warnings for the user. */
  readonly say?: (line: string) => void;
}

const [found, unauthenticated, notFound, conflict] = [200, 401, 404, 409];

/**
 * The kept API token, or a new one: ADMIN_TOKEN is valid until the first administrator is created.
 * @throws StartFault when the token is lost, or revoked, and there is an administrator
 */
const apiTokenFor = async (gateway: string, secretsFile: string): Promise<string> => {
  const { adminToken, apiToken } = secretsIn(secretsFile);
  if (apiToken && (await new AdminApi(gateway, apiToken).get('/api/me')).status === found) return apiToken;
  const made = await new AdminApi(gateway, adminToken).write(
    'POST',
    '/api/tokens',
    { name: 'local tools', role: 'admin', scope: 'write', expiresInDays: null },
    [unauthenticated],
  );
  if (made.status === unauthenticated)
    throw new StartFault(
      `The database has an administrator, but ${secretsFile} has no valid API token.`,
      'Create one with the role admin on the Access page, and write it there as "apiToken"; or start with an empty system by `npm run reset`.',
    );
  const { token } = made.body as { token: string };
  keepApiToken(secretsFile, token);
  return token;
};

/** Creates a missing seller; existing ones keep the changes of a manager. */
const seedSeller = async (api: AdminApi, { id, name, weight = 1 }: DemoUser): Promise<void> => {
  const { status } = await api.get(`/api/sellers/${id}`);
  if (status === notFound) await api.write('PUT', `/api/sellers/${id}`, { name, weight, available: true });
};

/** @returns whether the password is valid; not for a user created by another installation */
const seedUser = async (
  api: AdminApi,
  user: DemoUser,
  password: string,
  known: boolean,
): Promise<boolean> => {
  const { id, name, email, role } = user;
  const { status } = await api.write('POST', '/api/users', { id, name, email, role, password }, [conflict]);
  if (role === 'seller') await seedSeller(api, user);
  return status !== conflict || known;
};

const sourceExists = async (api: AdminApi, sourceId: string): Promise<boolean> => {
  const { status, body } = await api.get('/api/sources');
  return status === found && (body as { items: { id: string }[] }).items.some(({ id }) => id === sourceId);
};

/** The API returns a write key only at creation; without a kept one (new data folder, same database) creates a new source. */
const seedSource = async (
  api: AdminApi,
  secretsFile: string,
): Promise<{ sourceId: string; writeKey: string }> => {
  for (const [sourceId, writeKey] of Object.entries(secretsIn(secretsFile).writeKeys)) {
    if (await sourceExists(api, sourceId)) return { sourceId, writeKey };
  }
  for (let sourceId = 'website'; ; sourceId = `website-${randomBytes(3).toString('hex')}`) {
    const made = await api.write('POST', '/api/sources', { id: sourceId, name: 'Web site' }, [conflict]);
    if (made.status === conflict) continue;
    const { writeKey } = made.body as { writeKey: string };
    keepWriteKey(secretsFile, sourceId, writeKey);
    return { sourceId, writeKey };
  }
};

const seedForm = async (api: AdminApi, sourceId: string): Promise<string> => {
  const id = sourceId.replace('website', 'contact-sales');
  await api.write('POST', '/api/forms', { id, sourceId, name: 'Contact sales' }, [conflict]);
  return id;
};

/**
 * Creates the logins of each role, sellers, a source with its write key and a form over the public API. Idempotent.
 */
export const seed = async ({
  gateway,
  secretsFile,
  say = () => undefined,
}: SeedOptions): Promise<SeedResult> => {
  const apiToken = await apiTokenFor(gateway, secretsFile);
  const api = new AdminApi(gateway, apiToken);
  const { loginPasswords } = secretsIn(secretsFile);
  // Before the first request, since concurrent writes to the one secrets file would conflict.
  const logins = demoUsers.map(({ email }) => ({ email, password: loginPassword(secretsFile, email) }));
  const seedingUsers = demoUsers.map(async (user, n) => {
    const { email, password } = logins[n] as Login;
    if (await seedUser(api, user, password, email in loginPasswords)) return;
    say(`${email} exists already with another password than the one shown here`);
  });
  const [{ sourceId, writeKey }] = await Promise.all([seedSource(api, secretsFile), ...seedingUsers]);
  const users = Object.fromEntries(demoUsers.map(({ key }, n) => [key, logins[n] as Login]));
  return { users, writeKey, formId: await seedForm(api, sourceId), apiToken };
};
