import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
let ann: User;

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

const sellerOf = (handoff: any): User => (handoff.seller.id === sam.id ? sam : ann);
const otherThan = (user: User): User => (user === sam ? ann : sam);

describe('a lead without a seller', () => {
  it('waits, with the reason, and is offered as soon as there is a seller', async () => {
    const waiting = await app.newHandoff();
    expect(waiting).toMatchObject({
      state: 'waiting',
      seller: null,
      offeredAt: null,
      clocks: [],
      decision: null,
    });
    expect(waiting.why).toBe('team Sales has no sellers');
    sam = await app.seller('Sam Seller');
    const offered = await eventually(async () => {
      const handoff = await app.handoffOf(waiting.leadId);
      expect(handoff.state).toBe('offered');
      return handoff;
    });
    expect(offered).toMatchObject({ id: waiting.id, offer: 1, seller: { id: sam.id, name: 'Sam Seller' } });
    expect(offered.history.map((entry: any) => entry.type)).toEqual(['kept-waiting', 'offered']);
    await eventually(() => expect(app.typesOf(waiting.id)).toEqual(['offered']));
    ann = await app.seller('Ann Seller');
  });
});

describe('a sales-ready lead', () => {
  it('is offered once to one seller, in the trace of what made it ready', async () => {
    const handoff = await app.newHandoff();
    expect(handoff).toMatchObject({ state: 'offered', offer: 1, policyId: 'sla-policy-2' });
    expect(handoff.clocks).toMatchObject([{ name: 'accept', state: 'running' }]);
    const [event] = await eventually(() => {
      expect(app.eventsOf(handoff.id)).toHaveLength(1);
      return app.eventsOf(handoff.id);
    });
    expect(event).toMatchObject({
      type: 'handoff.offered.v1',
      sequence: 1,
      data: { leadId: handoff.leadId, sellerId: handoff.seller.id, acceptBy: handoff.clocks[0].dueAt },
    });
    expect(event?.traceparent).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('arrives with two hundred others and they are spread', async () => {
    const count = () =>
      app.rows<{ id: string; count: number }>(
        'select seller_id as id, count(*)::integer as count from handoffs group by 1',
      );
    const before = new Map((await count()).map((row) => [row.id, row.count]));
    const leads = await app.leads(200);
    await app.caughtUp();
    const rows = await app.rows('select from handoffs where lead_id = any($1)', [leads]);
    expect(rows).toHaveLength(200);
    for (const { id, count: now } of await count())
      expect(now - (before.get(id) ?? 0)).toBeGreaterThanOrEqual(98);
  });
});

describe('a verdict', () => {
  it('is final: of two people who accept at once one wins, and the other gets a 409 with the decision', async () => {
    const other = testUser('Moe Manager', 'manager');
    for (let round = 0; round < 10; round++) {
      const { id } = await app.newHandoff();
      const answers = await Promise.all(
        [app.manager, other].map(async (user) => (await app.as(user)).post(`/handoffs/${id}/accept`, {})),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [won, lost] = answers.sort((a, b) => a.status - b.status);
      const { by, byName, at } = won!.body.decision;
      expect(lost!.body).toMatchObject({
        code: 'conflict',
        decision: 'accepted',
        decidedBy: by,
        decidedByName: byName,
        decidedAt: at,
      });
      expect(lost!.body.detail).toContain(byName);
      await eventually(() => expect(app.typesOf(id)).toEqual(['offered', 'accepted']));
    }
  });

  it('counts once when the same person repeats it', async () => {
    const handoff = await app.newHandoff();
    const seller = await app.as(sellerOf(handoff));
    const answers = await Promise.all([1, 2, 3].map(() => seller.post(`/handoffs/${handoff.id}/accept`, {})));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually(() => expect(app.typesOf(handoff.id)).toEqual(['offered', 'accepted']));
    expect(answers[0]!.body).toMatchObject({
      state: 'accepted',
      clocks: [
        { name: 'accept', state: 'met' },
        { name: 'first-touch', state: 'running' },
      ],
      decision: { what: 'accepted', by: handoff.seller.id },
    });
  });

  it('is followed by attempts and a qualification', async () => {
    const handoff = await app.newHandoff();
    const seller = await app.as(sellerOf(handoff));
    const path = `/handoffs/${handoff.id}`;
    expect((await seller.post(`${path}/attempts`, { channel: 'phone', outcome: 'reached' })).status).toBe(
      409,
    );
    await seller.post(`${path}/accept`, {});
    await seller.post(`${path}/attempts`, { channel: 'phone', outcome: 'no-answer' });
    const tried = await seller.post(`${path}/attempts`, { channel: 'email', outcome: 'reached' });
    expect(tried.body.attemptCount).toBe(2);
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
      expect(app.typesOf(handoff.id)).toEqual(['offered', 'accepted', 'attempted', 'attempted', 'qualified']);
      expect(app.eventsOf(handoff.id).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    });
    const timers = await app.rows('select from timers where key = $1', [handoff.id]);
    expect(timers).toEqual([]);
  });
});

describe('an attempt', () => {
  it('counts once for each Idempotency-Key, also when its requests arrive together', async () => {
    const handoff = await app.newHandoff();
    const seller = await app.as(sellerOf(handoff));
    await seller.post(`/handoffs/${handoff.id}/accept`, {});
    const log = (key?: string, body: object = { channel: 'phone', outcome: 'no-answer' }) =>
      seller
        .with(key === undefined ? {} : { 'idempotency-key': key })
        .post(`/handoffs/${handoff.id}/attempts`, body);
    const first = await Promise.all([1, 2, 3].map(() => log('key-1')));
    expect(first.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await log('key-2')).body.attemptCount).toBe(2);
    expect((await log('key-1')).body.attemptCount).toBe(2);
    expect((await log('key-1', { channel: 'email', outcome: 'reached' })).status).toBe(422);
    expect((await log('no spaces')).status).toBe(400);
    expect((await log('x'.repeat(201))).status).toBe(400);
    await log();
    expect((await log()).body).toMatchObject({ attemptCount: 4 });
    await eventually(() =>
      expect(app.typesOf(handoff.id)).toEqual(['offered', 'accepted', ...Array(4).fill('attempted')]),
    );
    expect(JSON.stringify(app.eventsOf(handoff.id))).not.toContain('key-1');
  });
});

describe('a rejection', () => {
  it('has a reason of the policy and what that needs, or is refused with a pointer', async () => {
    const handoff = await app.newHandoff();
    const seller = await app.as(sellerOf(handoff));
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
    const event = await eventually(() => {
      expect(app.typesOf(handoff.id)).toEqual(['offered', 'rejected']);
      return app.eventsOf(handoff.id)[1]!;
    });
    expect(event.data).toMatchObject({
      reason: 'bad-timing',
      teaches: 'timing',
      outcome: 'recycled',
      decidedBy: sellerOf(handoff).id,
    });
    expect(JSON.stringify(event.data)).not.toContain('Eve');
    expect(JSON.stringify(done.body.history)).not.toContain('Eve');
  });

  it('lists its reasons', async () => {
    const { body } = await (await app.as(sam)).get('/handoffs/reject-reasons');
    expect(body.items).toContainEqual(expect.objectContaining({ code: 'bad-timing', needs: 'wakeAt' }));
  });
});

describe('a hand-off of one seller', () => {
  it('is neither visible to other sellers nor decided by them; a manager may decide it', async () => {
    const handoff = await app.newHandoff();
    const otherSeller = await app.as(otherThan(sellerOf(handoff)));
    expect((await otherSeller.get(`/handoffs/${handoff.id}`)).status).toBe(404);
    const accepted = await otherSeller.post(`/handoffs/${handoff.id}/accept`, {});
    expect([accepted.status, accepted.body.detail]).toEqual([404, `There is no hand-off ${handoff.id}.`]);
    expect((await otherSeller.get(`/handoffs?sellerId=${handoff.seller.id}`)).status).toBe(403);
    const seen = await otherSeller.get('/handoffs?limit=100');
    expect(new Set(seen.body.items.map((item: any) => item.seller.id))).toEqual(
      new Set([otherThan(sellerOf(handoff)).id]),
    );
    expect((await (await app.as(app.marketing)).get(`/handoffs/${handoff.id}`)).status).toBe(200);
    expect((await (await app.as(app.marketing)).post(`/handoffs/${handoff.id}/accept`, {})).status).toBe(403);
    expect((await (await app.as(app.manager)).post(`/handoffs/${handoff.id}/accept`, {})).status).toBe(200);
  });

  it('is listed page by page, newest first', async () => {
    const manager = await app.as(app.manager);
    const seen: string[] = [];
    const path = '/handoffs?state=offered&order=newest&limit=90';
    for (let page = await manager.get(path); ; page = await manager.get(`${path}&cursor=${page.body.next}`)) {
      seen.push(...page.body.items.map((item: any) => item.id));
      if (page.body.next === null) break;
    }
    const rows = await app.rows<{ id: string }>(
      `select id from handoffs where status = 'offered' order by opened_at desc, id desc`,
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect((await manager.get('/handoffs?cursor=nonsense')).status).toBe(400);
    expect((await manager.get('/handoffs/7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01')).status).toBe(404);
  });
});

describe('a manager', () => {
  it('gives an offer to a named seller, or to the next in turn', async () => {
    const handoff = await app.newHandoff();
    const manager = await app.as(app.manager);
    const next = otherThan(sellerOf(handoff));
    const moved = await manager.post(`/handoffs/${handoff.id}/reassign`, { sellerId: next.id });
    expect(moved.body).toMatchObject({ seller: { id: next.id }, offer: 2, why: 'Mia Manager chose' });
    const lost = await (await app.as(sellerOf(handoff))).post(`/handoffs/${handoff.id}/accept`, {});
    expect([lost.status, lost.body.detail]).toEqual([409, expect.stringContaining(next.name)]);
    const none = await manager.post(`/handoffs/${handoff.id}/reassign`, {});
    expect([none.status, none.body.detail]).toEqual([409, expect.stringContaining('had this lead before')]);
    expect(
      (await manager.post(`/handoffs/${handoff.id}/reassign`, { sellerId: app.marketing.id })).status,
    ).toBe(422);
    await eventually(() => expect(app.typesOf(handoff.id)).toEqual(['offered', 'reassigned']));
  });

  it('takes an offer from the seller named, and not from who got it meanwhile', async () => {
    const handoff = await app.newHandoff();
    const manager = await app.as(app.manager);
    const first = sellerOf(handoff);
    const next = otherThan(first);
    const asked = (body: object) => manager.post(`/handoffs/${handoff.id}/reassign`, body);
    for (const body of [{}, { sellerId: next.id }])
      expect((await asked({ ...body, fromSellerId: next.id })).body).toMatchObject({
        seller: { id: first.id },
        offer: 1,
      });
    const moved = await asked({ fromSellerId: first.id.toUpperCase() });
    expect(moved.body).toMatchObject({ seller: { id: next.id }, offer: 2 });
    expect((await asked({ fromSellerId: first.id })).body).toMatchObject({
      seller: { id: next.id },
      offer: 2,
    });
    expect((await asked({ fromSellerId: 'me' })).status).toBe(400);
  });
});
