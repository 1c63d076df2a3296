import { randomUUID } from 'node:crypto';
import { eventually, httpClient, sharedStack, type HttpClient, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, salesReadyForm, submitForm } from '../api-clients.js';

const PASSWORD = 'correct horse battery';
/** The promise of the README, ms. */
const WITHIN = 30_000;

interface SignedIn {
  readonly headers: Record<string, string>;
  readonly client: HttpClient;
}

let stack: SharedStack;
let admin: HttpClient;
let north: SignedIn;
let south: SignedIn;
/** Teams and their managers, with a seller of each. */
const people = new Map<string, string>();
/** A lead that the seller of North was offered, and a deal of it. */
let leadId: string;
let handoffId: string;
let dealId: string;
/** A lead that nobody was offered, which every manager sees; newer than the other. */
let markId: string;

const teamName = (side: string): string => `${side} ${stamp}`;
const stamp = randomUUID().slice(0, 6);

const newUser = async (role: string, name: string): Promise<SignedIn> => {
  const { gateway } = stack.local();
  const email = `${name}.${stamp}@baton.example`.toLowerCase();
  const made = await admin.post('/api/users', { email, name, role, password: PASSWORD });
  expect(made.status).toBe(201);
  people.set(name, made.body.id);
  const login = await httpClient(gateway).post('/api/login', { email, password: PASSWORD });
  const cookie = login.headers.getSetCookie().map((set) => set.split(';')[0]);
  const headers = { cookie: cookie.join('; '), origin: gateway };
  return { headers, client: httpClient(gateway, headers) };
};

beforeAll(async () => {
  stack = await sharedStack();
  admin = adminClient(stack.local());
  [north, south] = [await newUser('manager', 'Nora'), await newUser('manager', 'Sid')];
  for (const [side, manager, seller] of [
    ['North', 'Nora', 'Ned'],
    ['South', 'Sid', 'Sue'],
  ] as const) {
    await newUser('seller', seller);
    const team = { name: teamName(side), managers: [people.get(manager)] };
    expect((await admin.post('/api/teams', team)).status).toBe(200);
    const put = await admin.put(`/api/sellers/${people.get(seller)}`, { name: seller, team: team.name });
    expect(put.status).toBe(200);
  }
  const email = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), salesReadyForm(email));
  const offered = await eventually(async () => {
    const leads = await admin.post('/api/leads/search', { email });
    const { body } = await admin.get(`/api/handoffs?leadId=${leads.body.items[0].id}`);
    expect(body.items[0].state).toBe('offered');
    return body.items[0] as { id: string; leadId: string };
  });
  ({ id: handoffId, leadId } = offered);
  const to = { sellerId: people.get('Ned') };
  expect((await admin.post(`/api/handoffs/${handoffId}/reassign`, to)).status).toBe(200);
  expect((await admin.post(`/api/handoffs/${handoffId}/accept`, {})).status).toBe(200);
  const bant = { budget: true, authority: true, need: true, timeline: true };
  expect((await admin.post(`/api/handoffs/${handoffId}/qualify`, bant)).status).toBe(200);
  dealId = (await admin.post('/api/deals', { handoffId })).body.id;
  const mark = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), { email: mark, name: 'Mark' });
  markId = await eventually(
    async () => (await admin.post('/api/leads/search', { email: mark })).body.items[0].id,
  );
  // Until now its first seller was of the default team, which nobody leads alone.
  const { body } = await admin.get('/api/teams');
  for (const { name, calendarId } of body.items)
    if (!name.endsWith(stamp))
      await admin.put(`/api/teams/${encodeURIComponent(name)}`, {
        managers: [people.get('Nora')],
        calendarId,
      });
}, 300_000);

afterAll(async () => {
  const { body } = await admin.get('/api/teams');
  for (const { name, calendarId } of body.items)
    await admin.put(`/api/teams/${encodeURIComponent(name)}`, { managers: [], calendarId });
  for (const name of ['Ned', 'Sue'])
    await admin.put(`/api/sellers/${people.get(name)}`, {
      name,
      team: teamName(name === 'Ned' ? 'North' : 'South'),
      available: false,
    });
});

/** What a manager is told of the lead by each route that has objects of leads. */
const seen = async ({ client: manager, headers }: SignedIn): Promise<Record<string, unknown>> => {
  const listed = async (path: string) => (await manager.get(path)).body.items.map(({ id }: any) => id);
  return {
    lead: (await manager.get(`/api/leads/${leadId}`)).status,
    activities: (await manager.get(`/api/leads/${leadId}/activities`)).status,
    score: (await manager.get(`/api/leads/${leadId}/score`)).status,
    search: (await manager.post('/api/leads/search', { ids: [leadId] })).body.items.length,
    handoff: (await manager.get(`/api/handoffs/${handoffId}`)).status,
    handoffs: (await listed(`/api/handoffs?leadId=${leadId}`)).length,
    deal: (await manager.get(`/api/deals/${dealId}`)).status,
    deals: (await listed(`/api/deals?leadId=${leadId}`)).length,
    behind: (await manager.get('/api/reports/leads')).body.items.filter((each: any) => each.leadId === leadId)
      .length,
    live: await streamed(headers),
  };
};

/** Whether the events of the stream before those of the newer lead have one of the lead. */
const streamed = async (headers: Record<string, string>): Promise<number> => {
  const stop = new AbortController();
  const response = await fetch(`${stack.local().gateway}/api/live?recent=200`, {
    headers,
    signal: stop.signal,
  });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(markId)) break;
  }
  stop.abort();
  return text.includes(leadId) ? 1 : 0;
};

const ALL = {
  lead: 200,
  activities: 200,
  score: 200,
  search: 1,
  handoff: 200,
  handoffs: 1,
  deal: 200,
  deals: 1,
  behind: 1,
  live: 1,
};
const NONE = {
  lead: 404,
  activities: 404,
  score: 404,
  search: 0,
  handoff: 404,
  handoffs: 0,
  deal: 404,
  deals: 0,
  behind: 0,
  live: 0,
};

describe('a lead that a seller of one team was offered', () => {
  it('is seen by the manager of this team and by no other, on every route', async () => {
    await eventually(async () => expect(await seen(north)).toEqual(ALL), { within: WITHIN });
    await eventually(async () => expect(await seen(south)).toEqual(NONE), { within: WITHIN });
  }, 120_000);

  it('is seen by the other one when the seller changes the team', async () => {
    const moved = { name: 'Ned', team: teamName('South') };
    const path = `/api/sellers/${people.get('Ned')}`;
    // Neither takes them from the other.
    expect((await south.client.put(path, moved)).status).toBe(403);
    expect((await north.client.put(path, moved)).status).toBe(403);
    expect((await admin.put(path, moved)).status).toBe(200);
    await eventually(async () => expect(await seen(south)).toEqual(ALL), { within: WITHIN });
  }, 120_000);

  it('leaves the numbers that both look at as they are', async () => {
    const [a, b] = [
      await north.client.get('/api/reports/funnel'),
      await south.client.get('/api/reports/funnel'),
    ];
    expect(a.body.stages).toEqual(b.body.stages);
  });
});
