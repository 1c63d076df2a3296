import { randomBytes } from 'node:crypto';
import type { Login } from '../stack/local-file.js';
import { keepWriteKey, loginPassword, secretsIn } from '../secrets/secrets.js';
import { AdminApi } from './admin-api.js';
import { demoUsers, type DemoUser } from './demo-users.js';

export interface SeedResult {
  readonly users: Readonly<Record<string, Login>>;
  readonly writeKey: string;
  readonly formId: string;
}

export interface SeedOptions {
  readonly gateway: string;
  readonly secretsFile: string;
  /** Receives warnings for the user. */
  readonly say?: (line: string) => void;
}

const [found, notFound, conflict] = [200, 404, 409];

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
  const { adminToken, loginPasswords } = secretsIn(secretsFile);
  const api = new AdminApi(gateway, adminToken);
  // Before the first request, since concurrent writes to the one secrets file would conflict.
  const logins = demoUsers.map(({ email }) => ({ email, password: loginPassword(secretsFile, email) }));
  const seedingUsers = demoUsers.map(async (user, n) => {
    const { email, password } = logins[n] as Login;
    if (await seedUser(api, user, password, email in loginPasswords)) return;
    say(`${email} exists already with another password than the one shown here`);
  });
  const [{ sourceId, writeKey }] = await Promise.all([seedSource(api, secretsFile), ...seedingUsers]);
  const users = Object.fromEntries(demoUsers.map(({ key }, n) => [key, logins[n] as Login]));
  return { users, writeKey, formId: await seedForm(api, sourceId) };
};
