import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpClient } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;
let manager: HttpClient;
// No word begins with a digit of chance: the search below looks for beginnings.
const company = `Engines x${randomUUID().slice(0, 8)}`;
const emails = [...Array(5).keys()].map((n) => `ada${n}.x${randomUUID().slice(0, 8)}@engines.example`);

beforeAll(async () => {
  app = await TestScoring.open();
  manager = await app.as(app.manager);
  for (const email of emails) {
    const traits = { name: '100% Ada', company, jobTitle: 'Head of Operations', employees: 250 };
    await app.publishActivities(app.salesReadyForm(email, { traits }));
    await app.caughtUp();
  }
}, 120_000);

afterAll(() => app?.close());

const search = async (filter: object) => (await manager.post('/leads/search', filter)).body;

describe('a search for leads', () => {
  it('is ordered newest first and paged', async () => {
    const first = await search({ text: company, limit: 2 });
    const second = await search({ text: company, limit: 2, cursor: first.next });
    const third = await search({ text: company, limit: 2, cursor: second.next });
    const found = [first, second, third].flatMap(({ items }) => items.map(({ traits }: any) => traits.email));
    expect(found).toEqual([...emails].reverse());
    expect(third.next).toBeNull();
  });

  it('finds by address, its prefix, name, stage and ids, without patterns', async () => {
    const [email] = emails;
    const [ada] = (await search({ email })).items;
    expect(ada.traits.email).toBe(email);
    expect((await search({ text: email!.slice(0, -3) })).items).toHaveLength(1);
    expect((await search({ ids: [ada.id, randomUUID()] })).items).toHaveLength(1);
    expect((await search({ text: '100%', stages: ['mql', 'sal'] })).items).toHaveLength(5);
    expect((await search({ text: '0% a' })).items).toHaveLength(0);
    expect((await search({ text: '1_0 %' })).items).toHaveLength(0);
    expect((await search({ text: '%%' })).items).toHaveLength(0);
    expect((await search({ email: 'no address' })).items).toHaveLength(0);
  });

  it.each([
    [{ limit: 0 }, '/limit'],
    [{ ids: ['no-uuid'] }, '/ids'],
    [{ owner: 'mine' }, '/owner'],
    [{ stages: 'mql' }, '/stages'],
    [{ minPoints: 1.5 }, '/minPoints'],
    [{ createdFrom: 'today' }, '/createdFrom'],
    [{ sort: 'name' }, '/sort'],
    [{ phone: '1' }, '/phone'],
    [{ cursor: 'nonsense' }, '/cursor'],
  ])('with %p is rejected at %s', async (body, pointer) => {
    const answer = await manager.post('/leads/search', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('requires authentication', async () => {
    const anonymous = manager.with({ authorization: 'Bearer unknown' });
    expect((await anonymous.post('/leads/search', {})).status).toBe(401);
  });
});

describe('a lead', () => {
  it('has its identifiers and the stages it reached', async () => {
    const [{ id }] = (await search({ email: emails[0] })).items;
    expect((await manager.get(`/leads/${id}`)).body).toMatchObject({
      id,
      stage: 'mql',
      sourceId: 'website',
      owner: null,
      identifiers: [{ kind: 'email', value: emails[0] }],
      stages: [{ stage: 'mql' }],
    });
  });

  it('shows the address given last, and is found by each', async () => {
    const userId = randomUUID();
    const [first, last] = [`zoe.${userId}@zuse.example`, `ada.${userId}@engines.example`];
    const now = app.clock.now().getTime();
    const given = (email: string, minutes: number) =>
      app.activity({
        kind: 'identify',
        identifiers: { userId, email },
        occurredAt: new Date(now - minutes * 60_000).toISOString(),
      });
    await app.publishActivities(given(last, 1));
    await app.publishActivities(given(first, 2));
    await app.caughtUp();
    const found = [...(await search({ email: first })).items, ...(await search({ email: last })).items];
    expect(found.map(({ traits }: any) => [traits.email, traits.emailDomain])).toEqual(
      Array(2).fill([last, 'engines.example']),
    );
    expect((await manager.get(`/leads/${found[0].id}`)).body).toMatchObject({
      traits: { email: last, emailRole: false },
      identifiers: [
        { kind: 'email', value: last },
        { kind: 'email', value: first },
        { kind: 'user', value: userId },
      ],
    });
  });

  it('that does not exist is a 404, and an invalid id a 400', async () => {
    for (const path of ['', '/activities', '/score', '/score/history'])
      expect((await manager.get(`/leads/${randomUUID()}${path}`)).status).toBe(404);
    expect((await manager.get('/leads/7')).status).toBe(400);
  });

  it('has a history, newest first, paged, each activity once', async () => {
    const email = emails[1]!;
    const [{ id }] = (await search({ email })).items;
    const now = app.clock.now().getTime();
    const at = (minutes: number) => ({ occurredAt: new Date(now - minutes * 60_000).toISOString() });
    const done = [3, 2, 2, 1, 0].map((minutes) => app.activity({ identifiers: { email }, ...at(minutes) }));
    await app.publishActivities(...done.slice(0, 4), {
      ...done[4]!,
      bot: true,
      pageUrl: 'https://e.example/x',
    });
    await app.caughtUp();
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await manager.get(`/leads/${id}/activities?limit=2${query}`);
      ids.push(...body.items.map((item: any) => item.id));
      cursor = body.next;
    } while (cursor !== null);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(ids).toEqual(expect.arrayContaining(done.map(({ activityId }) => activityId)));
    const { body } = await manager.get(`/leads/${id}/activities`);
    const times = body.items.map(({ occurredAt }: any) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(body.items.find(({ bot }: any) => bot)).toMatchObject({
      id: done[4]!.activityId,
      pageUrl: 'https://e.example/x',
    });
  });
});

describe('the history', () => {
  it('is partitioned by month, for a year ahead', async () => {
    const rows = await app.db.database.rows<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'activities'::regclass`,
    );
    const month = app.clock.now().toISOString().slice(0, 7).replace('-', '_');
    expect(rows.map(({ name }) => name)).toContain(`activities_${month}`);
    expect(rows).toHaveLength(15);
    const kept = await app.db.database.rows(`select from activities_${month} limit 1`);
    expect(kept).toHaveLength(1);
  });
});
