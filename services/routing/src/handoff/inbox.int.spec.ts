import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
const HOUR = 3_600_000;

beforeAll(async () => {
  app = await TestRouting.start();
  await app.seller('Sam Seller');
}, 120_000);

afterAll(() => app?.close());

const page = async (query: string): Promise<any> =>
  (await (await app.as(app.manager)).get(`/handoffs?${query}`)).body;
const dueOf = ({ clocks }: any): string => clocks.find(({ state }: any) => state !== 'met')?.dueAt ?? 'never';

/** All pages. */
const all = async (query: string): Promise<any[]> => {
  const items: any[] = [];
  for (let cursor = ''; ;) {
    const { items: some, next } = await page(`${query}&limit=7${cursor}`);
    items.push(...some);
    if (next === null) return items;
    cursor = `&cursor=${next}`;
  }
};

describe('the inbox', () => {
  it('has first what is due first, over all pages, whatever was opened when', async () => {
    const windows = [24, 5, 48, 1, 96];
    for (const amount of windows) {
      await app.sign((policy) => (policy.accept.within = { amount, unit: 'hours', calendar: 'elapsed' }));
      await app.leads(5);
      await app.caughtUp();
    }
    const offered = await all('state=offered');
    expect(offered).toHaveLength(25);
    const due = offered.map(dueOf);
    expect(due).toEqual([...due].sort());
    expect(new Set(offered.map(({ id }) => id)).size).toBe(25);
    const newest = await all('state=offered&order=newest');
    expect(newest.map(({ openedAt }) => openedAt)).toEqual(
      newest
        .map(({ openedAt }) => openedAt)
        .sort()
        .reverse(),
    );
  });

  it('goes on with the first touch of what was accepted, and keeps overdue ones at the top', async () => {
    const [first] = (await page('state=offered&limit=1')).items;
    await (await app.as(app.manager)).post(`/handoffs/${first.id}/accept`, {});
    const [later] = (await page('state=offered&limit=1')).items;
    await app.service.skip(3 * HOUR);
    await eventually(async () => expect((await app.handoff(later.id)).clocks[0].state).toBe('breached'));
    await (await app.as(app.manager)).post(`/handoffs/${later.id}/accept`, {});
    const accepted = await all('state=accepted');
    expect(accepted.map(({ id }) => id)).toEqual([first.id, later.id]);
    await (
      await app.as(app.manager)
    ).post(`/handoffs/${first.id}/attempts`, { channel: 'phone', outcome: 'reached' });
    expect((await all('state=accepted')).map(({ id }) => id)).toEqual([later.id, first.id]);
  });

  it('refuses a cursor of another kind', async () => {
    const answer = await (await app.as(app.manager)).get('/handoffs?order=due&cursor=abc');
    expect(answer.status).toBe(400);
  });
});
