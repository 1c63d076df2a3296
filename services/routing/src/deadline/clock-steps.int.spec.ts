import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sellers: User[];

beforeAll(async () => {
  app = await TestRouting.start();
  sellers = [await app.seller('Sam Seller'), await app.seller('Ann Seller')];
}, 120_000);

afterAll(() => app?.close());

const HOUR = 3_600_000;
const seconds = (amount: number) => ({ amount, unit: 'seconds', calendar: 'elapsed' });
describe('a clock that is due while routing is down', () => {
  it('carries out every missed step once, in order, and the next offer has a clock of its own', async () => {
    const handoff = await app.newHandoff();
    await app.service.stop();
    app.service.clock.skip(100 * HOUR);
    const back = app.service.clock.now().toISOString();
    await app.service.restart();
    const moved = await eventually(async () => {
      const moved = await app.handoff(handoff.id);
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
      expect(app.eventsOf(handoff.id).map(({ sequence, type }) => `${sequence} ${type}`)).toEqual([
        '1 handoff.offered.v1',
        '2 handoff.warned.v1',
        '3 handoff.escalated.v1',
        '4 handoff.breached.v1',
        '5 handoff.reassigned.v1',
      ]),
    );
    await app.service.stop();
    await app.service.restart();
    expect((await app.handoff(handoff.id)).history).toHaveLength(5);
  });

  it('is breached in the API before anything has fired', async () => {
    const handoff = await app.newHandoff();
    await app.service.stop();
    await app.rows('delete from timers where key = $1', [handoff.id]);
    app.service.clock.skip(24 * HOUR);
    await app.service.restart();
    expect((await app.handoff(handoff.id)).clocks).toMatchObject([{ name: 'accept', state: 'breached' }]);
    const seller = sellers.find(({ id }) => id === handoff.seller.id)!;
    const late = await (await app.as(seller)).post(`/handoffs/${handoff.id}/accept`, {});
    expect(late.body.clocks.map((clock: any) => clock.state)).toEqual(['breached', 'running']);
    await eventually(() => expect(app.typesOf(handoff.id)).toEqual(['offered', 'breached', 'accepted']));
  });
});

describe('a timer that fires too early', () => {
  it('does nothing and is set again', async () => {
    const handoff = await app.newHandoff();
    const dueAt = async () => {
      const [row] = await app.rows<{ due_at: Date }>('select due_at from timers where key = $1', [
        handoff.id,
      ]);
      return row?.due_at;
    };
    const before = await dueAt();
    await app.service.stop();
    await app.rows('update timers set due_at = $2 where key = $1', [handoff.id, app.service.clock.now()]);
    await app.service.restart();
    await eventually(async () => expect(await dueAt()).toEqual(before));
    expect((await app.handoff(handoff.id)).history).toHaveLength(1);
  });
});

describe('under a policy of seconds that both teams signed', () => {
  it('a hand-off without a response is warned, escalated and reassigned in that order, once each; then a manager decides', async () => {
    const running = await app.newHandoff();
    const policyId = await app.sign((policy) => (policy.accept.within = seconds(1)));
    const handoff = await app.newHandoff();
    expect(handoff.policyId).toBe(policyId);
    await eventually(() =>
      expect(app.typesOf(handoff.id)).toEqual([
        'offered',
        'warned',
        'escalated',
        'breached',
        'reassigned',
        'warned',
        'escalated',
        'breached',
        'escalated',
      ]),
    );
    const left = await app.handoff(handoff.id);
    expect(left).toMatchObject({
      state: 'offered',
      offer: 2,
      escalation: { why: expect.stringContaining('had this lead before') },
    });
    expect(left.seller.id).not.toBe(handoff.seller.id);
    expect(app.eventsOf(handoff.id).at(-1)?.data).toMatchObject({
      clock: 'accept',
      why: left.escalation.why,
    });
    expect(app.eventsOf(handoff.id).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await app.handoff(running.id)).toMatchObject({
      policyId: 'sla-policy-2',
      offer: 1,
      clocks: [{ state: 'running' }],
    });
  });
});

describe('a verdict and a due clock at the same instant', () => {
  it('have exactly one winner, fifty times', async () => {
    for (const name of ['Bob', 'Cy', 'Dee', 'Eve']) sellers.push(await app.seller(name));
    await app.sign((policy) => {
      policy.accept = { within: seconds(3), steps: [{ at: 1, do: 'reassign' }] };
    });
    const leads: string[] = [];
    while (leads.length < 50) leads.push(...(await app.leads(1)));
    await app.caughtUp();
    const { body } = await (await app.as(app.manager)).get('/handoffs?state=offered&order=newest&limit=50');
    const offers = body.items as any[];
    expect(new Set(offers.map(({ leadId }) => leadId))).toEqual(new Set(leads));
    const winners = await Promise.all(offers.map((handoff, n) => raceOnce(handoff, (n % 10) * 3 - 12)));
    expect(winners.filter((winner) => winner !== 'seller' && winner !== 'clock')).toEqual([]);
  }, 60_000);

  /** The seller accepts so many ms after the clock is due; gives the winner by the events published. */
  const raceOnce = async (handoff: any, offset: number): Promise<string> => {
    const seller = await app.as(sellers.find(({ id }) => id === handoff.seller.id)!);
    const at = Date.parse(handoff.clocks[0].dueAt) + offset;
    await eventually(() => expect(app.service.clock.now().getTime()).toBeGreaterThanOrEqual(at), {
      every: 1,
    });
    const { status, body } = await seller.post(`/handoffs/${handoff.id}/accept`, {});
    const ends = () =>
      app.eventsOf(handoff.id).flatMap(({ type, data }) => {
        if (type === 'handoff.accepted.v1')
          return data['offerNumber'] === handoff.offer ? ['seller'] : ['another seller'];
        return type === 'handoff.reassigned.v1' && data['offerNumber'] === handoff.offer + 1 ? ['clock'] : [];
      });
    await eventually(() => expect(ends()).not.toEqual([]));
    const sequences = app.eventsOf(handoff.id).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, n) => n + 1));
    if (status === 200)
      expect(body).toMatchObject({ state: 'accepted', offer: handoff.offer, seller: handoff.seller });
    else expect([status, body.detail]).toEqual([409, expect.stringContaining('no longer yours')]);
    expect(ends()).toEqual([status === 200 ? 'seller' : 'clock']);
    return ends().join();
  };
});
