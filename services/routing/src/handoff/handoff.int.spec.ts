import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { person, RoutingHouse } from '../routing.example.js';

let house: RoutingHouse;
let sam: User;
let ann: User;

beforeAll(async () => {
  house = await RoutingHouse.open();
}, 120_000);

afterAll(() => house?.close());

const sellerOf = (handoff: any): User => (handoff.seller.id === sam.id ? sam : ann);
const otherThan = (user: User): User => (user === sam ? ann : sam);

describe('a lead while nobody sells', () => {
  it('is kept waiting with why, and offered as soon as there is a seller', async () => {
    const waiting = await house.offered();
    expect(waiting).toMatchObject({
      state: 'waiting',
      seller: null,
      offeredAt: null,
      clocks: [],
      decision: null,
    });
    expect(waiting.why).toBe('team Sales has no sellers');
    sam = await house.seller('Sam Seller');
    const offered = await eventually(async () => {
      const handoff = await house.handoffOf(waiting.leadId);
      expect(handoff.state).toBe('offered');
      return handoff;
    });
    expect(offered).toMatchObject({ id: waiting.id, offer: 1, seller: { id: sam.id, name: 'Sam Seller' } });
    expect(offered.history.map((entry: any) => entry.type)).toEqual(['kept-waiting', 'offered']);
    await eventually(() => expect(house.typesOf(waiting.id)).toEqual(['offered']));
    ann = await house.seller('Ann Seller');
  });
});

describe('a sales-ready lead', () => {
  it('is offered once to one seller, in the trace of what made it ready', async () => {
    const handoff = await house.offered();
    expect(handoff).toMatchObject({ state: 'offered', offer: 1, policyId: 'sla-policy-1' });
    expect(handoff.clocks).toMatchObject([{ name: 'accept', state: 'running' }]);
    const [told] = await eventually(() => {
      expect(house.of(handoff.id)).toHaveLength(1);
      return house.of(handoff.id);
    });
    expect(told).toMatchObject({
      type: 'offered',
      sequence: 1,
      data: { leadId: handoff.leadId, sellerId: handoff.seller.id, acceptBy: handoff.clocks[0].dueAt },
    });
    expect(told?.traceparent).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('is not offered again when everything is delivered again, nor when it is said again', async () => {
    const handoff = await house.offered();
    await house.leads(1, { leadId: handoff.leadId });
    await house.leads(1, { leadId: handoff.leadId, salesReady: false, to: 'lead', cause: 'decay' });
    await house.caughtUp();
    const [before] = await house.db.database.rows<{ count: string }>('select count(*) from handoffs');
    await house.redeliver();
    await house.caughtUp();
    const [after] = await house.db.database.rows<{ count: string }>('select count(*) from handoffs');
    expect(after).toEqual(before);
    expect(await house.handoffOf(handoff.leadId)).toMatchObject({
      id: handoff.id,
      state: 'offered',
      offer: 1,
    });
    expect(house.typesOf(handoff.id)).toEqual(['offered']);
  });

  it('arrives with two hundred others and they are spread', async () => {
    const count = () =>
      house.db.database.rows<{ id: string; count: number }>(
        'select seller_id as id, count(*)::integer as count from handoffs group by 1',
      );
    const before = new Map((await count()).map((row) => [row.id, row.count]));
    const leads = await house.leads(200);
    await house.caughtUp();
    const rows = await house.db.database.rows('select from handoffs where lead_id = any($1)', [leads]);
    expect(rows).toHaveLength(200);
    for (const { id, count: now } of await count())
      expect(now - (before.get(id) ?? 0)).toBeGreaterThanOrEqual(98);
  });
});

describe('a verdict', () => {
  it('is given once: of two who accept at once one wins and the other hears who and when', async () => {
    const other = person('Moe Manager', 'manager');
    for (let round = 0; round < 10; round++) {
      const { id } = await house.offered();
      const answers = await Promise.all(
        [house.manager, other].map(async (user) => (await house.as(user)).post(`/handoffs/${id}/accept`, {})),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [won, lost] = answers.sort((a, b) => a.status - b.status);
      const { by, byName, at } = won!.body.decision;
      expect(lost!.body).toMatchObject({
        ...{ code: 'conflict', decision: 'accepted', decidedBy: by, decidedByName: byName, decidedAt: at },
      });
      expect(lost!.body.detail).toContain(byName);
      await eventually(() => expect(house.typesOf(id)).toEqual(['offered', 'accepted']));
    }
  });

  it('may be said twice by the same person, and counts once', async () => {
    const handoff = await house.offered();
    const seller = await house.as(sellerOf(handoff));
    const answers = await Promise.all([1, 2, 3].map(() => seller.post(`/handoffs/${handoff.id}/accept`, {})));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually(() => expect(house.typesOf(handoff.id)).toEqual(['offered', 'accepted']));
    expect(answers[0]!.body).toMatchObject({
      state: 'accepted',
      clocks: [
        { name: 'accept', state: 'met' },
        { name: 'first-touch', state: 'running' },
      ],
      decision: { what: 'accepted', by: handoff.seller.id },
    });
  });

  it('goes on to attempts and qualification', async () => {
    const handoff = await house.offered();
    const seller = await house.as(sellerOf(handoff));
    const path = `/handoffs/${handoff.id}`;
    expect((await seller.post(`${path}/attempts`, { channel: 'phone', outcome: 'reached' })).status).toBe(
      409,
    );
    await seller.post(`${path}/accept`, {});
    await seller.post(`${path}/attempts`, { channel: 'phone', outcome: 'no-answer' });
    const tried = await seller.post(`${path}/attempts`, { channel: 'email', outcome: 'reached' });
    expect(tried.body.attempts).toMatchObject([
      { attempt: 1, channel: 'phone', byName: handoff.seller.name },
      { attempt: 2, channel: 'email' },
    ]);
    expect(tried.body.clocks[1]).toMatchObject({ name: 'first-touch', state: 'met' });
    const bant = { budget: true, authority: true, need: true, timeline: false };
    const qualified = await seller.post(`${path}/qualify`, bant);
    expect(qualified.body).toMatchObject({ state: 'qualified', decision: { what: 'qualified', bant } });
    expect((await seller.post(`${path}/qualify`, bant)).status).toBe(200);
    expect((await seller.post(`${path}/qualify`, { ...bant, budget: false })).status).toBe(409);
    await eventually(() => {
      const told = house.of(handoff.id);
      expect(told.map(({ type }) => type)).toEqual([
        'offered',
        'accepted',
        'attempted',
        'attempted',
        'qualified',
      ]);
      expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    });
    const timers = await house.db.database.rows('select from timers where key = $1', [handoff.id]);
    expect(timers).toEqual([]);
  });
});

describe('a rejection', () => {
  it('names a reason of the policy and what it asks for, or is told where the fault is', async () => {
    const handoff = await house.offered();
    const seller = await house.as(sellerOf(handoff));
    const reject = (body: object) => seller.post(`/handoffs/${handoff.id}/reject`, body);
    const refused = async (body: object, status: number, pointer: string) => {
      const answer = await reject(body);
      expect(answer).toMatchObject({
        status,
        body: { status, errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
      });
    };
    await refused({ reason: 'bad-mood' }, 422, '/reason');
    await refused({ reason: 'other' }, 422, '/note');
    await refused({ reason: 'bad-timing' }, 422, '/wakeAt');
    await refused({ reason: 'bad-timing', wakeAt: '2020-01-01T00:00:00Z' }, 422, '/wakeAt');
    await refused({ reason: 'no-fit', wakeAt: '2100-01-01T00:00:00Z' }, 422, '/wakeAt');
    await refused({ reason: 'other', note: 'a\0b' }, 400, '/note');
    await refused({}, 400, '/reason');
    const done = await reject({
      reason: 'bad-timing',
      note: 'call Eve in spring',
      wakeAt: '2100-01-01T00:00:00Z',
    });
    expect(done.body).toMatchObject({
      state: 'rejected',
      decision: {
        what: 'rejected',
        reason: 'bad-timing',
        note: 'call Eve in spring',
        wakeAt: '2100-01-01T00:00:00.000Z',
      },
    });
    const told = await eventually(() => {
      expect(house.typesOf(handoff.id)).toEqual(['offered', 'rejected']);
      return house.of(handoff.id)[1]!;
    });
    expect(told.data).toMatchObject({
      reason: 'bad-timing',
      teaches: 'timing',
      outcome: 'recycled',
      decidedBy: sellerOf(handoff).id,
    });
    expect(JSON.stringify(told.data)).not.toContain('Eve');
    expect(JSON.stringify(done.body.history)).not.toContain('Eve');
  });

  it('lets the lead come back, to another seller, once; news older than it does not bring it back', async () => {
    const first = await house.offered();
    const rejecter = sellerOf(first);
    await (await house.as(rejecter)).post(`/handoffs/${first.id}/reject`, { reason: 'no-budget' });
    await house.leads(1, { leadId: first.leadId, changedAt: first.openedAt });
    await house.caughtUp();
    expect((await house.handoffOf(first.leadId)).id).toBe(first.id);
    await house.leads(2, { leadId: first.leadId, from: 'recycled' });
    const second = await eventually(async () => {
      const handoff = await house.handoffOf(first.leadId);
      expect(handoff.id).not.toBe(first.id);
      return handoff;
    });
    expect(second.seller.id).toBe(otherThan(rejecter).id);
    await house.caughtUp();
    const rows = await house.db.database.rows('select from handoffs where lead_id = $1', [first.leadId]);
    expect(rows).toHaveLength(2);
  });

  it('offers its reasons', async () => {
    const { body } = await (await house.as(sam)).get('/handoffs/reject-reasons');
    expect(body.items).toContainEqual(expect.objectContaining({ code: 'bad-timing', needs: 'wakeAt' }));
  });
});

describe('whose it is', () => {
  it('is their business alone: others neither see nor decide; a manager may', async () => {
    const handoff = await house.offered();
    const stranger = await house.as(otherThan(sellerOf(handoff)));
    expect((await stranger.get(`/handoffs/${handoff.id}`)).status).toBe(403);
    expect((await stranger.post(`/handoffs/${handoff.id}/accept`, {})).status).toBe(403);
    expect((await stranger.get(`/handoffs?sellerId=${handoff.seller.id}`)).status).toBe(403);
    const seen = await stranger.get('/handoffs?limit=100');
    expect(new Set(seen.body.items.map((item: any) => item.seller.id))).toEqual(
      new Set([otherThan(sellerOf(handoff)).id]),
    );
    expect((await (await house.as(house.marketing)).get(`/handoffs/${handoff.id}`)).status).toBe(200);
    expect((await (await house.as(house.marketing)).post(`/handoffs/${handoff.id}/accept`, {})).status).toBe(
      403,
    );
    expect((await (await house.as(house.manager)).post(`/handoffs/${handoff.id}/accept`, {})).status).toBe(
      200,
    );
  });

  it('is listed page by page, newest first', async () => {
    const manager = await house.as(house.manager);
    const seen: string[] = [];
    const path = '/handoffs?state=offered&limit=90';
    for (let page = await manager.get(path); ; page = await manager.get(`${path}&cursor=${page.body.next}`)) {
      seen.push(...page.body.items.map((item: any) => item.id));
      if (page.body.next === null) break;
    }
    const rows = await house.db.database.rows<{ id: string }>(
      `select id from handoffs where status = 'offered' order by opened_at desc, id desc`,
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect((await manager.get('/handoffs?cursor=nonsense')).status).toBe(400);
    expect((await manager.get('/handoffs/7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01')).status).toBe(404);
  });
});

describe('a manager', () => {
  it('gives an offer to somebody by name, or to whose turn it is', async () => {
    const handoff = await house.offered();
    const manager = await house.as(house.manager);
    const next = otherThan(sellerOf(handoff));
    const moved = await manager.post(`/handoffs/${handoff.id}/reassign`, { sellerId: next.id });
    expect(moved.body).toMatchObject({ seller: { id: next.id }, offer: 2, why: 'Mia Manager chose' });
    const lost = await (await house.as(sellerOf(handoff))).post(`/handoffs/${handoff.id}/accept`, {});
    expect([lost.status, lost.body.detail]).toEqual([409, expect.stringContaining(next.name)]);
    const nobody = await manager.post(`/handoffs/${handoff.id}/reassign`, {});
    expect([nobody.status, nobody.body.detail]).toEqual([
      409,
      expect.stringContaining('had this lead before'),
    ]);
    expect(
      (await manager.post(`/handoffs/${handoff.id}/reassign`, { sellerId: house.marketing.id })).status,
    ).toBe(422);
    await eventually(() => expect(house.typesOf(handoff.id)).toEqual(['offered', 'reassigned']));
  });
});
