import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sellers: User[];
const DAY = 86_400_000;

beforeAll(async () => {
  app = await TestRouting.start();
  // No clock runs out in these weeks: what it passed on would take turns, too.
  await app.sign((policy) => {
    policy.accept.within = { amount: 1_000, unit: 'hours', calendar: 'elapsed' };
  });
  sellers = [];
  for (const name of ['Sam Seller', 'Ann Seller', 'Bob Seller']) sellers.push(await app.seller(name));
}, 120_000);

afterAll(() => app?.close());

/** First offers of each seller among these leads. */
const offersOf = async (leadIds: readonly string[]): Promise<number[]> => {
  await app.caughtUp();
  const rows = await app.rows<{ seller_id: string }>(
    'select seller_id from handoffs where lead_id = any($1::uuid[])',
    [leadIds],
  );
  return sellers.map(({ id }) => rows.filter((row) => row.seller_id === id).length);
};

describe('fair turns', () => {
  it('give three sellers ten each of thirty leads that come one by one', async () => {
    const leads: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      leads.push(...(await app.leads(1)));
      await app.caughtUp();
    }
    expect(await offersOf(leads)).toEqual([10, 10, 10]);
  });

  it('spread a bulk of two hundred', async () => {
    const counts = await offersOf(await app.leads(200));
    expect([...counts].sort()).toEqual([66, 67, 67]);
  });

  it('bring no flood to one who is back from two weeks of absence', async () => {
    const now = app.service.clock.now().getTime();
    const absence = { from: new Date(now - 1).toISOString(), until: new Date(now + 14 * DAY).toISOString() };
    await app.put(sellers[0]!, { absences: [absence] });
    expect((await offersOf(await app.leads(100)))[0]).toBe(0);
    await app.service.skip(14 * DAY);
    await eventually(async () =>
      expect(
        await app.rows(`select from timers where kind in ('absence', 'waiting') and due_at < $1`, [
          app.service.clock.now().toISOString(),
        ]),
      ).toEqual([]),
    );
    const counts = await offersOf(await app.leads(30));
    for (const count of counts) expect(Math.abs(count - 10)).toBeLessThanOrEqual(1);
  });
});

describe('the decision record', () => {
  it('says who could get the lead, who could not and why, and what decided', async () => {
    const [sam, ann, bob] = sellers as [User, User, User];
    await app.put(bob, { available: false });
    const handoff = await app.newHandoff();
    const { status, body } = await (await app.as(ann)).get(`/handoffs/${handoff.id}/decision`);
    const seen = handoff.seller.id === ann.id ? [200, body] : [404, undefined];
    expect(status).toBe(seen[0]);
    const record = (await (await app.as(app.manager)).get(`/handoffs/${handoff.id}/decision`)).body;
    expect(record).toMatchObject({
      offer: 1,
      team: 'Sales',
      method: 'round-robin',
      sellerId: handoff.seller.id,
      why: handoff.why,
    });
    expect(record.candidates.map(({ id }: any) => id).sort()).toEqual([sam.id, ann.id, bob.id].sort());
    expect(record.candidates.at(-1)).toMatchObject({ id: bob.id, obstacle: 'is away', isChosen: false });
    expect(record.candidates.filter(({ isChosen }: any) => isChosen)).toMatchObject([
      { id: handoff.seller.id, obstacle: null },
    ]);

    const other = handoff.seller.id === sam.id ? ann : sam;
    await (await app.as(app.manager)).post(`/handoffs/${handoff.id}/reassign`, { sellerId: other.id });
    const second = (await (await app.as(other)).get(`/handoffs/${handoff.id}/decision`)).body;
    expect(second).toMatchObject({ offer: 2, method: 'named', sellerId: other.id, seed: null });
    expect((await (await app.as(app.manager)).get(`/handoffs/${handoff.id}/decision?offer=1`)).body).toEqual(
      record,
    );
    expect((await (await app.as(app.manager)).get(`/handoffs/${handoff.id}/decision?offer=9`)).status).toBe(
      404,
    );
  });

  it('is previewed for one lead without a turn being taken', async () => {
    const manager = await app.as(app.manager);
    const pointers = () => app.rows('select id, pointer, offers from sellers order by id');
    const before = await pointers();
    const { body } = await manager.post('/routing/preview', {});
    expect(body).toMatchObject({ team: 'Sales', method: 'round-robin', sellerId: expect.any(String) });
    const handoff = await app.newHandoff();
    const rejecter = sellers.find(({ id }) => id === handoff.seller.id)!;
    await (await app.as(rejecter)).post(`/handoffs/${handoff.id}/reject`, { reason: 'no-need' });
    const after = await pointers();
    expect(after).not.toEqual(before);
    const preview = (await manager.post('/routing/preview', { leadId: handoff.leadId })).body;
    expect(preview.candidates.find(({ id }: any) => id === rejecter.id).obstacle).toBe(
      'had this lead before',
    );
    expect(await pointers()).toEqual(after);
    expect((await manager.post('/routing/preview', { team: 'None' })).status).toBe(422);
    expect((await (await app.as(rejecter)).post('/routing/preview', {})).status).toBe(403);
  });
});
