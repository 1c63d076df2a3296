import { randomBytes } from 'node:crypto';
import type { Login } from '../stack/local-file.js';
import { keepWriteKey, loginPassword, secretsIn } from '../secrets/secrets.js';
import { AdminApi } from './admin-api.js';
import { people, type Person } from './demo-users.js';

export interface Seeded {
  readonly users: Readonly<Record<string, Login>>;
  readonly writeKey: string;
  readonly formId: string;
}

export interface Seeding {
  readonly gateway: string;
  readonly secretsFile: string;
  /** Told what a person should know. */
  readonly say?: (line: string) => void;
}

const [found, notFound, conflict] = [200, 404, 409];

/** A seller is made once; what a manager changed since stays. */
const seedSeller = async (api: AdminApi, { id, name, weight = 1 }: Person): Promise<void> => {
  const { status } = await api.get(`/api/sellers/${id}`);
  if (status === notFound) await api.write('PUT', `/api/sellers/${id}`, { name, weight, available: true });
};

/** Whether the person can log in with this password: not if another installation made the user. */
const seedPerson = async (
  api: AdminApi,
  person: Person,
  password: string,
  known: boolean,
): Promise<boolean> => {
  const { id, name, email, role } = person;
  const { status } = await api.write('POST', '/api/users', { id, name, email, role, password }, [conflict]);
  if (role === 'seller') await seedSeller(api, person);
  return status !== conflict || known;
};

const isThere = async (api: AdminApi, sourceId: string): Promise<boolean> => {
  const { status, body } = await api.get('/api/sources');
  return status === found && (body as { items: { id: string }[] }).items.some(({ id }) => id === sourceId);
};

/** A write key is shown once; where ours is lost (another data folder, the same database) a new source is made. */
const seedSource = async (
  api: AdminApi,
  secretsFile: string,
): Promise<{ sourceId: string; writeKey: string }> => {
  for (const [sourceId, writeKey] of Object.entries(secretsIn(secretsFile).writeKeys)) {
    if (await isThere(api, sourceId)) return { sourceId, writeKey };
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
 * Puts in what a new installation needs to be tried: logins for each role, sellers, a source with its write key and a
 * form. All over the API that people use; repeating it changes nothing.
 */
export const seed = async ({ gateway, secretsFile, say = () => undefined }: Seeding): Promise<Seeded> => {
  const { adminToken, loginPasswords } = secretsIn(secretsFile);
  const api = new AdminApi(gateway, adminToken);
  // All before the first request: the passwords are kept in one file.
  const logins = people.map(({ email }) => ({ email, password: loginPassword(secretsFile, email) }));
  const seedingPeople = people.map(async (person, n) => {
    const { email, password } = logins[n] as Login;
    if (await seedPerson(api, person, password, email in loginPasswords)) return;
    say(`${email} is known already, with a password that is not the one shown here`);
  });
  const [{ sourceId, writeKey }] = await Promise.all([seedSource(api, secretsFile), ...seedingPeople]);
  const users = Object.fromEntries(people.map(({ key }, n) => [key, logins[n] as Login]));
  return { users, writeKey, formId: await seedForm(api, sourceId) };
};
