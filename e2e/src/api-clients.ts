import { httpClient, type HttpClient, type LocalJson } from '@baton/testing';

export type Role = 'marketing' | 'seller' | 'manager' | 'admin';

/** API client with the admin token. */
export const adminClient = (local: LocalJson): HttpClient =>
  httpClient(local.gateway, { authorization: `Bearer ${local.apiToken}` });

/** API client with the session of a user of the given role. */
export const userClient = async (local: LocalJson, role: Role): Promise<HttpClient> => {
  const anonymous = httpClient(local.gateway);
  const answer = await anonymous.post('/api/login', local.users[role]);
  if (answer.status !== 200)
    throw new Error(`login as ${role}: ${answer.status} ${JSON.stringify(answer.body)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  return anonymous.with({ cookie, origin: local.gateway });
};

/** Client of the ingest endpoint with the seeded write key. */
export const ingestClient = (local: LocalJson): HttpClient =>
  httpClient(local.ingestion, {
    authorization: `Basic ${Buffer.from(`${local.writeKey}:`).toString('base64')}`,
  });

/** Form fields of a lead that is sales-ready at once under the default definitions. */
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

/** Submits the seeded form as a page's script does. */
export const submitForm = (
  local: LocalJson,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  httpClient(local.ingestion).post(`/f/${local.formId}`, fields, { accept: 'application/json', ...headers });
