import type { HttpClient } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS } from './lead-view.js';

let app: TestScoring;
let max: HttpClient;
let sam: HttpClient;
let admin: HttpClient;
let viewer: HttpClient;

beforeAll(async () => {
  app = await TestScoring.open();
  max = await app.as(app.marketing);
  sam = await app.as(app.seller);
  admin = await app.as(testUser('Ann Admin', 'admin'));
  viewer = await app.as(testUser('Vic Viewer', 'viewer'));
}, 120_000);
afterAll(() => app?.close());
beforeEach(async () => {
  await app.db.database.rows('delete from lead_views');
});

const VIEW = { name: 'Hot', conditions: { stages: ['mql'], minPoints: 50, createdWithinDays: 30 } };
const at = (id: string): string => `/lead-views/${id}`;
const saved = async (client: HttpClient, view: object = VIEW): Promise<string> => {
  const id = randomUUID();
  expect((await client.put(at(id), view)).status).toBe(200);
  return id;
};
const namesSeenBy = async (client: HttpClient): Promise<string[]> => {
  const { body } = await client.get('/lead-views');
  return body.items.map(({ name }: { name: string }) => name);
};

describe('a view of the list', () => {
  it('is saved whole, renamed and deleted by its owner, and seen by nobody else', async () => {
    const id = await saved(max, { ...VIEW, sort: 'score' });
    const kept = { id, ...VIEW, sort: 'score', shared: false, owner: app.marketing.name, mayChange: true };
    expect((await max.get('/lead-views')).body).toMatchObject({ items: [kept], next: null });
    expect(await namesSeenBy(sam)).toEqual([]);
    expect((await max.put(at(id), { name: ' Warm ', conditions: {} })).body).toMatchObject({
      ...{ id, name: 'Warm', conditions: {}, sort: 'newest' },
    });
    for (const stranger of [sam, admin]) {
      expect((await stranger.put(at(id), VIEW)).status).toBe(404);
      expect((await stranger.delete(at(id))).status).toBe(404);
    }
    expect((await max.delete(at(id))).status).toBe(204);
    expect((await max.delete(at(id))).status).toBe(404);
    expect(await namesSeenBy(max)).toEqual([]);
  });

  it('that is shared is seen by everybody, and changed by its owner and administrators', async () => {
    const id = await saved(sam, { ...VIEW, shared: true });
    expect((await viewer.get('/lead-views')).body).toMatchObject({
      items: [{ id, shared: true, owner: app.seller.name, mayChange: false }],
    });
    expect((await max.put(at(id), VIEW)).status).toBe(403);
    expect((await max.delete(at(id))).status).toBe(403);
    expect((await admin.put(at(id), { ...VIEW, name: 'Best', shared: true })).body).toMatchObject({
      ...{ name: 'Best', owner: app.seller.name, mayChange: true },
    });
    expect((await sam.put(at(id), VIEW)).status).toBe(200);
    expect(await namesSeenBy(viewer)).toEqual([]);
    expect((await admin.delete(at(id))).status).toBe(404);
  });

  it('is not shared by those who only read', async () => {
    expect((await viewer.put(at(randomUUID()), { ...VIEW, shared: true })).status).toBe(403);
    const id = await saved(viewer);
    expect((await viewer.put(at(id), { ...VIEW, shared: true })).status).toBe(403);
    expect(await namesSeenBy(viewer)).toEqual([VIEW.name]);
  });

  it('has a name of its own among those of its owner', async () => {
    await saved(max);
    expect((await max.put(at(randomUUID()), { ...VIEW, name: 'HOT' })).status).toBe(409);
    const other = await saved(max, { ...VIEW, name: 'Other' });
    expect((await max.put(at(other), VIEW)).status).toBe(409);
    await saved(sam);
  });

  it('gives nobody leads that they do not see', async () => {
    await app.publishActivities(app.salesReadyForm('hidden@engines.example'));
    await app.caughtUp();
    await saved(max, { name: 'All', conditions: {}, shared: true });
    const [view] = (await sam.get('/lead-views')).body.items;
    const { body } = await sam.post('/leads/search', { ...view.conditions, sort: view.sort });
    expect(body).toMatchObject({ items: [] });
    expect((await max.post('/leads/count', { ...view.conditions, createdWithinDays: 1 })).body).toMatchObject(
      { count: 1 },
    );
  });

  it.each([
    ['an address', { ...VIEW, conditions: { email: 'ada@engines.example' } }],
    ['searched words', { ...VIEW, conditions: { text: 'ada' } }],
    ['ids of leads', { ...VIEW, conditions: { ids: [randomUUID()] } }],
    ['no conditions', { name: 'Hot' }],
    ['a list as conditions', { ...VIEW, conditions: [{}] }],
    ['null as conditions', { ...VIEW, conditions: null }],
    ['a blank name', { ...VIEW, name: '  ' }],
    ['a long name', { ...VIEW, name: 'x'.repeat(81) }],
    ['a name with a line break', { ...VIEW, name: 'a\nb' }],
    ['an unknown sort', { ...VIEW, sort: 'name' }],
    ['too long a period', { ...VIEW, conditions: { activeWithinDays: 4_000 } }],
    ['an owner that is no user', { ...VIEW, conditions: { owner: 'sam' } }],
  ])('is refused with %s', async (_, view) => {
    expect((await max.put(at(randomUUID()), view)).status).toBe(400);
  });

  it('is one of a limited number, also when they are saved at once', async () => {
    const ids = Array.from({ length: MAX_OWN_VIEWS + 5 }, () => randomUUID());
    const answers = await Promise.all(ids.map((id, n) => max.put(at(id), { ...VIEW, name: `View ${n}` })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MAX_OWN_VIEWS);
    expect(await namesSeenBy(max)).toHaveLength(MAX_OWN_VIEWS);
    await app.db.database.rows(
      `insert into lead_views select gen_random_uuid(), gen_random_uuid(), 'X', 'S' || n, true, '{}', 'newest', now()
       from generate_series(1, ${MAX_SHARED_VIEWS}) n`,
    );
    expect((await sam.put(at(randomUUID()), { ...VIEW, shared: true })).status).toBe(409);
    await saved(sam);
  });
});
