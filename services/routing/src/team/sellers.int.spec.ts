import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { person, RoutingHouse } from '../routing.example.js';

let house: RoutingHouse;
let sam: User;

beforeAll(async () => {
  house = await RoutingHouse.open();
  sam = await house.seller('Sam Seller', { maxOpen: 1 });
}, 120_000);

afterAll(() => house?.close());

const untilOffered = (leadId: string): Promise<any> =>
  eventually(async () => {
    const handoff = await house.handoffOf(leadId);
    expect(handoff.state).toBe('offered');
    return handoff;
  });

describe('limits', () => {
  it('let a lead wait until a place is free', async () => {
    const first = await house.offered();
    const second = await house.offered();
    expect([first.state, second.state, second.why]).toEqual([
      ...['offered', 'waiting', 'nobody in team Sales can take it; Sam Seller has 1 of 1 open'],
    ]);
    await (await house.as(sam)).post(`/handoffs/${first.id}/reject`, { reason: 'no-fit' });
    expect((await untilOffered(second.leadId)).seller.id).toBe(sam.id);
    await (await house.as(sam)).post(`/handoffs/${second.id}/reject`, { reason: 'no-fit' });
  });

  it('per day are fresh on the next one', async () => {
    await house.put(sam, { maxPerDay: 2 });
    const waiting = await house.offered();
    expect([waiting.state, waiting.why]).toEqual([
      'waiting',
      expect.stringContaining('Sam Seller got 2 of 2 today'),
    ]);
    await house.stop();
    house.clock.skip(24);
    await house.start();
    expect((await untilOffered(waiting.leadId)).seller.id).toBe(sam.id);
  });

  it('hold for leads that come at the same time on several partitions', async () => {
    await house.put(sam, { maxOpen: 5 });
    await house.leads(30);
    await house.caughtUp();
    const open = await house.db.database.rows(
      `select from handoffs where seller_id = $1 and status = 'offered'`,
      [sam.id],
    );
    expect(open).toHaveLength(5);
  });
});

describe('a seller who comes while leads arrive', () => {
  it('misses none of them', async () => {
    for (let round = 0; round < 20; round++) {
      await house.put(sam, { available: false });
      await Promise.all([house.leads(5), house.put(sam, { available: true })]);
      await house.caughtUp();
      await eventually(async () => {
        expect(await house.db.database.rows(`select from handoffs where status = 'waiting'`)).toEqual([]);
      });
    }
  });
});

describe('a seller', () => {
  it('who is back begins at the average of the others, and gets the leads that wait', async () => {
    const ann = await house.seller('Ann Seller', { available: false });
    await house.put(ann, { available: true });
    await eventually(async () => {
      const { body } = await (await house.as(house.manager)).get('/handoffs?state=waiting');
      expect(body.items).toEqual([]);
    });
    const pointers = () =>
      house.db.database.rows<{ name: string; pointer: number }>(
        'select name, pointer from sellers order by name',
      );
    const bob = await house.seller('Bob Seller');
    const [annAt, bobAt, samAt] = (await pointers()).map(({ pointer }) => pointer);
    expect(bobAt).toBeCloseTo((annAt! + samAt!) / 2);
    await house.put(bob, { available: true, weight: 3 });
    expect((await pointers())[1]!.pointer).toBe(bobAt);
  });

  it('is kept by managers, with faults named, and seen by all', async () => {
    const user = person('Cy Seller', 'seller');
    const manager = await house.as(house.manager);
    const put = async (body: object) => (await manager.put(`/sellers/${user.id}`, body)).body;
    expect(await put({ name: 'Cy', team: 'Pirates' })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/team' }],
    });
    expect(await put({ name: 'Cy', userId: sam.id })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/userId' }],
    });
    expect(await put({ name: 'Cy', weight: 0 })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/weight' }],
    });
    // No event may carry these ids, so no offer to them could ever be published.
    for (const id of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])
      expect((await manager.put(`/sellers/${id}`, { name: 'House account' })).body).toMatchObject({
        status: 400,
        errors: [{ pointer: '/id' }],
      });
    const kept = {
      userId: user.id,
      name: 'Cy',
      team: 'Sales',
      weight: 2,
      available: false,
      maxOpen: 3,
      maxPerDay: null,
    };
    expect(await put(kept)).toEqual({ id: user.id, ...kept });
    expect((await (await house.as(sam)).get(`/sellers/${user.id}`)).body).toEqual({ id: user.id, ...kept });
    const { body } = await (await house.as(sam)).get('/sellers');
    expect(body.items.map((seller: any) => seller.name)).toEqual([
      'Ann Seller',
      'Bob Seller',
      'Cy',
      'Sam Seller',
    ]);
    expect(
      (await (await house.as(sam)).put(`/sellers/${sam.id}`, { name: 'Boss', maxOpen: null })).status,
    ).toBe(403);
  });
});
