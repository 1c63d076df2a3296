import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { RoutingHouse } from '../routing.example.js';

let house: RoutingHouse;
let sellers: User[];

beforeAll(async () => {
  house = await RoutingHouse.open();
  sellers = [await house.seller('Sam Seller'), await house.seller('Ann Seller')];
}, 120_000);

afterAll(() => house?.close());

const seconds = (amount: number) => ({ amount, unit: 'seconds', calendar: 'elapsed' });
const one = (handoffId: string) =>
  house.as(house.manager).then(async (manager) => (await manager.get(`/handoffs/${handoffId}`)).body);

describe('a clock that is due while routing is down', () => {
  it('fires every step it missed once, in order, and the next offer has a clock of its own', async () => {
    const handoff = await house.offered();
    await house.stop();
    house.clock.skip(100);
    const back = house.clock.now().toISOString();
    await house.start();
    const moved = await eventually(async () => {
      const moved = await one(handoff.id);
      expect(moved.offer).toBe(2);
      return moved;
    });
    expect(moved.history.map((entry: any) => entry.type)).toEqual([
      'offered',
      'warned',
      'escalated',
      'breached',
      'reassigned',
    ]);
    expect(moved.seller.id).not.toBe(handoff.seller.id);
    expect(moved.clocks).toMatchObject([{ name: 'accept', state: 'running' }]);
    expect(moved.clocks[0].startedAt > back).toBe(true);
    await eventually(() =>
      expect(house.of(handoff.id).map(({ type, sequence }) => `${sequence} ${type}`)).toEqual([
        '1 offered',
        '2 warned',
        '3 escalated',
        '4 breached',
        '5 reassigned',
      ]),
    );
    await house.stop();
    await house.start();
    expect((await one(handoff.id)).history).toHaveLength(5);
  });

  it('is breached in the API before anything has fired', async () => {
    const handoff = await house.offered();
    await house.stop();
    await house.db.source.query('delete from timers where key = $1', [handoff.id]);
    house.clock.skip(24);
    await house.start();
    expect((await one(handoff.id)).clocks).toMatchObject([{ name: 'accept', state: 'breached' }]);
    const seller = sellers.find(({ id }) => id === handoff.seller.id)!;
    const late = await (await house.as(seller)).post(`/handoffs/${handoff.id}/accept`, {});
    expect(late.body.clocks.map((clock: any) => clock.state)).toEqual(['breached', 'running']);
    await eventually(() => expect(house.typesOf(handoff.id)).toEqual(['offered', 'breached', 'accepted']));
  });
});

describe('a timer that fires too early', () => {
  it('does nothing and is set again', async () => {
    const handoff = await house.offered();
    const dueAt = async () => {
      const [row] = await house.db.database.rows<{ due_at: Date }>(
        'select due_at from timers where key = $1',
        [handoff.id],
      );
      return row?.due_at;
    };
    const before = await dueAt();
    await house.stop();
    await house.db.source.query('update timers set due_at = $2 where key = $1', [
      handoff.id,
      house.clock.now(),
    ]);
    await house.start();
    await eventually(async () => expect(await dueAt()).toEqual(before));
    expect((await one(handoff.id)).history).toHaveLength(1);
  });
});

describe('with a policy of seconds that both teams signed', () => {
  it('a silent hand-off is warned, escalated and passed on in that order, each once; then the manager decides', async () => {
    const running = await house.offered();
    const policyId = await house.sign((policy) => (policy.accept.within = seconds(1)));
    const handoff = await house.offered();
    expect(handoff.policyId).toBe(policyId);
    await eventually(() =>
      expect(house.typesOf(handoff.id)).toEqual([
        ...['offered', 'warned', 'escalated', 'breached', 'reassigned'],
        ...['warned', 'escalated', 'breached', 'escalated'],
      ]),
    );
    const left = await one(handoff.id);
    expect(left).toMatchObject({
      state: 'offered',
      offer: 2,
      escalation: { why: expect.stringContaining('had this lead before') },
    });
    expect(left.seller.id).not.toBe(handoff.seller.id);
    expect(house.of(handoff.id).at(-1)?.data).toMatchObject({ clock: 'accept', why: left.escalation.why });
    expect(house.of(handoff.id).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await one(running.id)).toMatchObject({
      policyId: 'sla-policy-1',
      offer: 1,
      clocks: [{ state: 'running' }],
    });
  });
});

describe('a verdict and a due clock at the same instant', () => {
  it('leave exactly one winner, fifty times', async () => {
    for (const name of ['Bob', 'Cy', 'Dee', 'Eve']) sellers.push(await house.seller(name));
    await house.sign((policy) => {
      policy.accept = { within: seconds(3), steps: [{ at: 1, do: 'reassign' }] };
    });
    const leads: string[] = [];
    while (leads.length < 50) leads.push(...(await house.leads(1)));
    await house.caughtUp();
    const { body } = await (await house.as(house.manager)).get('/handoffs?state=offered&limit=50');
    const offers = body.items as any[];
    expect(new Set(offers.map(({ leadId }) => leadId))).toEqual(new Set(leads));
    const winners = await Promise.all(offers.map((handoff, n) => raceOnce(handoff, (n % 10) * 3 - 12)));
    expect(winners.filter((winner) => winner !== 'seller' && winner !== 'clock')).toEqual([]);
  }, 60_000);

  /** The seller accepts so many ms after the clock is due; tells who won by what was published. */
  const raceOnce = async (handoff: any, offset: number): Promise<string> => {
    const door = await house.as(sellers.find(({ id }) => id === handoff.seller.id)!);
    const at = Date.parse(handoff.clocks[0].dueAt) + offset;
    await eventually(() => expect(house.clock.now().getTime()).toBeGreaterThanOrEqual(at), { every: 1 });
    const { status, body } = await door.post(`/handoffs/${handoff.id}/accept`, {});
    const ends = () =>
      house.of(handoff.id).flatMap(({ type, data }) => {
        if (type === 'accepted') return data['offerNumber'] === handoff.offer ? ['seller'] : ['stranger'];
        return type === 'reassigned' && data['offerNumber'] === handoff.offer + 1 ? ['clock'] : [];
      });
    await eventually(() => expect(ends()).not.toEqual([]));
    const sequences = house.of(handoff.id).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, n) => n + 1));
    if (status === 200)
      expect(body).toMatchObject({ state: 'accepted', offer: handoff.offer, seller: handoff.seller });
    else expect([status, body.detail]).toEqual([409, expect.stringContaining('no longer yours')]);
    expect(ends()).toEqual([status === 200 ? 'seller' : 'clock']);
    return ends().join();
  };
});
