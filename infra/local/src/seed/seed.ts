import { randomBytes } from 'node:crypto';
import type { Login } from '../house/local-file.js';
import { keepWriteKey, loginPassword, secretsIn } from '../secrets/secrets.js';
import { AdminApi } from './api.js';
import { people, type Person } from './people.js';

export interface Seeded {
  readonly users: Readonly<Record<string, Login>>;
  readonly writeKey: string;
  readonly formId: string;
}

const conflict = 409;

const seedPerson = async (api: AdminApi, person: Person, password: string): Promise<void> => {
  const { id, name, email, role, weight } = person;
  await api.write('POST', '/api/users', { id, name, email, role, password }, [conflict]);
  if (role !== 'seller') return;
  await api.write('PUT', `/api/sellers/${id}`, { name, weight: weight ?? 1, available: true });
};

/** A write key is shown once; where ours is lost (another data folder, the same database) a new source is made. */
const seedSource = async (
  api: AdminApi,
  secretsFile: string,
): Promise<{ sourceId: string; writeKey: string }> => {
  const [known] = Object.entries(secretsIn(secretsFile).writeKeys);
  if (known) return { sourceId: known[0], writeKey: known[1] };
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
export const seed = async (gateway: string, secretsFile: string): Promise<Seeded> => {
  const api = new AdminApi(gateway, secretsIn(secretsFile).adminToken);
  // One by one: the passwords are kept in one file.
  const users: Record<string, Login> = {};
  for (const { key, email } of people) users[key] = { email, password: loginPassword(secretsFile, email) };
  const everybody = people.map((person) => seedPerson(api, person, (users[person.key] as Login).password));
  const [{ sourceId, writeKey }] = await Promise.all([seedSource(api, secretsFile), ...everybody]);
  return { users, writeKey, formId: await seedForm(api, sourceId) };
};
