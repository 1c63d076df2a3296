import { httpClient, type HttpClient, type LocalJson } from '@baton/testing';

export type Role = 'marketing' | 'seller' | 'manager' | 'admin';

/** The API as a program with the admin token uses it. */
export const adminClient = (local: LocalJson): HttpClient =>
  httpClient(local.gateway, { authorization: `Bearer ${local.adminToken}` });

/** The API as a person uses it who logged in. */
export const userClient = async (local: LocalJson, role: Role): Promise<HttpClient> => {
  const ingestClient = httpClient(local.gateway);
  const answer = await ingestClient.post('/api/login', local.users[role]);
  if (answer.status !== 200)
    throw new Error(`login as ${role}: ${answer.status} ${JSON.stringify(answer.body)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  return ingestClient.with({ cookie, origin: local.gateway });
};

/** The door for sites and programs. */
export const door = (local: LocalJson): HttpClient =>
  httpClient(local.ingestion, {
    authorization: `Basic ${Buffer.from(`${local.writeKey}:`).toString('base64')}`,
  });

/** Somebody whose one form fill makes them sales-ready with the definitions that ship. */
export const salesReadyForm = (email: string, more: Record<string, string> = {}): Record<string, string> => ({
  email,
  name: 'Ada King',
  company: 'Engines Ltd',
  job_title: 'Head of Operations',
  employees: '250',
  interest: 'pricing',
  consent: 'yes',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: 'spring-launch',
  ...more,
});

/** Fills the seeded form as a page's script would. */
export const submitForm = (
  local: LocalJson,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  httpClient(local.ingestion).post(`/f/${local.formId}`, fields, { accept: 'application/json', ...headers });
