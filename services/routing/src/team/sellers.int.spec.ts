import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;

const HOUR = 3_600_000;

beforeAll(async () => {
  app = await TestRouting.start();
  sam = await app.seller('Sam Seller', { maxOpen: 1 });
}, 120_000);

afterAll(() => app?.close());

const untilOffered = (leadId: string): Promise<any> =>
  eventually(async () => {
    const handoff = await app.handoffOf(leadId);
    expect(handoff.state).toBe('offered');
    return handoff;
  });

describe('limits', () => {
  it('let a lead wait until a seller has capacity', async () => {
    const first = await app.newHandoff();
    const second = await app.newHandoff();
    expect([first.state, second.state, second.why]).toEqual([
      'offered',
      'waiting',
      'no seller of team Sales can take it; Sam Seller has 1 of 1 open',
    ]);
    const { body } = await (await app.as(sam)).get('/sellers/load');
    expect(body.items).toEqual([
      { id: sam.id, open: 1, today: 1, restingSince: null, obstacle: 'has 1 of 1 open' },
    ]);
    await (await app.as(sam)).post(`/handoffs/${first.id}/reject`, { reason: 'no-fit' });
    expect((await untilOffered(second.leadId)).seller.id).toBe(sam.id);
    await (await app.as(sam)).post(`/handoffs/${second.id}/reject`, { reason: 'no-fit' });
  });

  it('per day start again on the next day', async () => {
    await app.put(sam, { maxPerDay: 2 });
    const waiting = await app.newHandoff();
    expect([waiting.state, waiting.why]).toEqual([
      'waiting',
      expect.stringContaining('Sam Seller got 2 of 2 today'),
    ]);
    await app.service.stop();
    app.service.clock.skip(24 * HOUR);
    await app.service.restart();
    expect((await untilOffered(waiting.leadId)).seller.id).toBe(sam.id);
  });

  it('hold for leads that arrive on several partitions at the same time', async () => {
    await app.put(sam, { maxOpen: 5 });
    await app.leads(30);
    await app.caughtUp();
    const open = await app.rows(`select from handoffs where seller_id = $1 and status = 'offered'`, [sam.id]);
    expect(open).toHaveLength(5);
  });
});

describe('a seller who becomes available while leads arrive', () => {
  it('leaves none of them waiting', async () => {
    for (let round = 0; round < 20; round++) {
      await app.put(sam, { available: false });
      await Promise.all([app.leads(5), app.put(sam, { available: true })]);
      await app.caughtUp();
      await eventually(async () => {
        expect(await app.rows(`select from handoffs where status = 'waiting'`)).toEqual([]);
      });
    }
  });
});

describe('a seller', () => {
  it('who is back starts at the average of the others, and gets the leads that wait', async () => {
    const ann = await app.seller('Ann Seller', { available: false });
    await app.put(ann, { available: true });
    await eventually(async () => {
      const { body } = await (await app.as(app.manager)).get('/handoffs?state=waiting');
      expect(body.items).toEqual([]);
    });
    const pointers = () =>
      app.rows<{ name: string; pointer: number }>('select name, pointer from sellers order by name');
    const bob = await app.seller('Bob Seller');
    const [annAt, bobAt, samAt] = (await pointers()).map(({ pointer }) => pointer);
    expect(bobAt).toBeCloseTo((annAt! + samAt!) / 2);
    await app.put(bob, { available: true, weight: 3 });
    expect((await pointers())[1]!.pointer).toBe(bobAt);
  });

  it('is changed by managers, refused with pointers, and visible to all', async () => {
    const user = testUser('Cy Seller', 'seller');
    const manager = await app.as(app.manager);
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
    const away = (more: object) => ({
      name: 'Cy',
      absences: [{ from: '2026-12-21T00:00:00.000Z', until: '2027-01-04T00:00:00.000Z', ...more }],
    });
    for (const [request, status, pointer] of [
      [{ name: 'Cy', calendarId: user.id }, 422, '/calendarId'],
      [away({ until: '2026-12-21T00:00:00.000Z' }), 422, '/absences/0/until'],
      [away({ until: '2028-12-21T00:00:00.000Z' }), 422, '/absences/0/until'],
      [away({ from: '1800-01-01T00:00:00.000Z' }), 422, '/absences/0/from'],
      [away({ deputyId: user.id }), 422, '/absences/0/deputyId'],
      [away({ deputyId: '2f0f8d1a-14f3-4b0f-9a42-000000000009' }), 422, '/absences/0/deputyId'],
      [away({ until: 'tomorrow' }), 400, '/absences/0/until'],
      [{ name: 'Cy', skills: [''] }, 400, '/skills'],
    ] as const)
      expect(await put(request)).toMatchObject({ status, errors: [{ pointer }] });
    // No event may carry these ids, so no offer to them could ever be published.
    for (const id of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])
      expect((await manager.put(`/sellers/${id}`, { name: 'A seller' })).body).toMatchObject({
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
      calendarId: '00000000-0000-4000-8000-0000000ca1e4',
      absences: [{ from: '2026-12-21T00:00:00.000Z', until: '2027-01-04T00:00:00.000Z', deputyId: sam.id }],
      skills: ['banking'],
      languages: ['de', 'fr'],
      territories: ['DACH'],
    };
    expect(await put(kept)).toEqual({ id: user.id, ...kept });
    expect((await (await app.as(sam)).get(`/sellers/${user.id}`)).body).toEqual({ id: user.id, ...kept });
    const { body } = await (await app.as(sam)).get('/sellers');
    expect(body.items.map((seller: any) => seller.name)).toEqual([
      'Ann Seller',
      'Bob Seller',
      'Cy',
      'Sam Seller',
    ]);
    expect(
      (await (await app.as(sam)).put(`/sellers/${sam.id}`, { name: 'Boss', maxOpen: null })).status,
    ).toBe(403);
  });
});
