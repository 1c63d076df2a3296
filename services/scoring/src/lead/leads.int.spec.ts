import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpClient } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { ScoringHouse } from '../scoring.example.js';

let house: ScoringHouse;
let seller: HttpClient;
const company = `Engines ${randomUUID().slice(0, 8)}`;
const emails = [...Array(5).keys()].map((n) => `ada${n}.${randomUUID().slice(0, 8)}@engines.example`);

beforeAll(async () => {
  house = await ScoringHouse.open();
  seller = await house.as(house.seller);
  for (const email of emails) {
    const traits = { name: '100% Ada', company, jobTitle: 'Head of Operations', employees: 250 };
    await house.accept(house.richForm(email, { traits }));
    await house.caughtUp();
  }
}, 120_000);

afterAll(() => house?.close());

const search = async (wanted: object) => (await seller.post('/leads/search', wanted)).body;

describe('a search for leads', () => {
  it('goes through them newest first, page by page', async () => {
    const first = await search({ text: company, limit: 2 });
    const second = await search({ text: company, limit: 2, cursor: first.next });
    const third = await search({ text: company, limit: 2, cursor: second.next });
    const found = [first, second, third].flatMap(({ items }) => items.map(({ traits }: any) => traits.email));
    expect(found).toEqual([...emails].reverse());
    expect(third.next).toBeNull();
  });

  it('finds by address, by its beginning, by name, by stage, by ids; nothing is a pattern', async () => {
    const [email] = emails;
    const [ada] = (await search({ email })).items;
    expect(ada.traits.email).toBe(email);
    expect((await search({ text: email!.slice(0, -3) })).items).toHaveLength(1);
    expect((await search({ ids: [ada.id, randomUUID()] })).items).toHaveLength(1);
    expect((await search({ text: '100%', stage: 'mql' })).items).toHaveLength(5);
    expect((await search({ text: '0% a', stage: 'lead' })).items).toHaveLength(0);
    expect((await search({ text: '1_0' })).items).toHaveLength(0);
    expect((await search({ email: 'no address' })).items).toHaveLength(0);
  });

  it.each([
    [{ limit: 0 }, '/limit'],
    [{ ids: ['no-uuid'] }, '/ids'],
    [{ ownerId: 'me' }, '/ownerId'],
    [{ phone: '1' }, '/phone'],
    [{ cursor: 'nonsense' }, '/cursor'],
  ])('with %p is refused naming %s', async (body, pointer) => {
    const answer = await seller.post('/leads/search', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('is for people we know', async () => {
    const nobody = seller.with({ authorization: 'Bearer nobody' });
    expect((await nobody.post('/leads/search', {})).status).toBe(401);
  });
});

describe('a lead', () => {
  it('is told with identifiers and every stage it came to', async () => {
    const [{ id }] = (await search({ email: emails[0] })).items;
    expect((await seller.get(`/leads/${id}`)).body).toMatchObject({
      ...{ id, stage: 'mql', sourceId: 'website', owner: null },
      identifiers: [{ kind: 'email', value: emails[0] }],
      stages: [{ stage: 'mql' }],
    });
  });

  it('that is not there is a 404, and an id that is none a 400', async () => {
    for (const path of ['', '/activities', '/score'])
      expect((await seller.get(`/leads/${randomUUID()}${path}`)).status).toBe(404);
    expect((await seller.get('/leads/7')).status).toBe(400);
  });

  it('has a history, newest first, page by page, each once', async () => {
    const email = emails[1]!;
    const [{ id }] = (await search({ email })).items;
    const now = house.clock.now().getTime();
    const at = (minutes: number) => ({ occurredAt: new Date(now - minutes * 60_000).toISOString() });
    const done = [3, 2, 2, 1, 0].map((minutes) => house.activity({ identifiers: { email }, ...at(minutes) }));
    await house.accept(...done.slice(0, 4), { ...done[4]!, bot: true, pageUrl: 'https://e.example/x' });
    await house.caughtUp();
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await seller.get(`/leads/${id}/activities?limit=2${query}`);
      ids.push(...body.items.map((item: any) => item.id));
      cursor = body.next;
    } while (cursor !== null);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(ids).toEqual(expect.arrayContaining(done.map(({ activityId }) => activityId)));
    const { body } = await seller.get(`/leads/${id}/activities`);
    const times = body.items.map(({ occurredAt }: any) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(body.items.find(({ bot }: any) => bot)).toMatchObject({
      id: done[4]!.activityId,
      pageUrl: 'https://e.example/x',
    });
  });

  it('has a score that every contribution explains, the same as its own', async () => {
    const [{ id, score }] = (await search({ email: emails[2] })).items;
    const { body } = await seller.get(`/leads/${id}/score`);
    expect(body).toMatchObject({ grade: score.grade, modelId: 'scoring-model-1' });
    expect(body.points).toBeCloseTo(score.points, 1);
    const asked = body.contributions.find(({ rule }: any) => rule === 'asked-to-buy');
    expect(asked).toMatchObject({ label: 'asked for pricing or a demo', original: 30 });
    const history = (await seller.get(`/leads/${id}/activities`)).body.items;
    expect(history.map((activity: any) => activity.id)).toContain(asked.activityId);
    expect(body.contributions.find(({ rule }: any) => rule === 'senior-role')).toMatchObject({
      activityId: null,
      points: 15,
    });
    const sum = body.groups.reduce((total: number, group: any) => total + group.points, 0);
    expect(sum).toBeCloseTo(body.fit + body.engagement, 2);
  });
});

describe('the history', () => {
  it('is kept by months, for a year ahead', async () => {
    const rows = await house.db.database.rows<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'activities'::regclass`,
    );
    const month = house.clock.now().toISOString().slice(0, 7).replace('-', '_');
    expect(rows.map(({ name }) => name)).toContain(`activities_${month}`);
    expect(rows).toHaveLength(15);
    const kept = await house.db.database.rows(`select from activities_${month} limit 1`);
    expect(kept).toHaveLength(1);
  });
});
