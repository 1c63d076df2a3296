import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
let ann: User;
let bob: User;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

beforeEach(async () => {
  for (const user of [sam, ann, bob]) if (user) await app.put(user, { available: false });
  sam = await app.seller('Sam Seller');
  ann = await app.seller('Ann Seller', { available: false });
  bob = await app.seller('Bob Seller', { available: false });
});

const away = (fromMs: number, untilMs: number, deputyId?: string) => {
  const now = app.service.clock.now().getTime();
  const [from, until] = [now + fromMs, now + untilMs].map((at) => new Date(at).toISOString());
  return { absences: [{ from, until, ...(deputyId !== undefined && { deputyId }) }] };
};

/** The hand-off once a seller has it. */
const untilOfferedTo = (id: string, seller: User): Promise<any> =>
  eventually(async () => {
    const handoff = await app.handoff(id);
    expect(handoff.seller?.id).toBe(seller.id);
    return handoff;
  });

/** Timers of the next try. */
const retriesOf = ({ id }: User) =>
  app.rows("select from timers where kind = 'absence' and key = $1 and due_at > $2", [
    id,
    app.service.clock.now().toISOString(),
  ]);

const post = async (user: User, path: string, body: object = {}) => (await app.as(user)).post(path, body);

describe('a seller who goes away', () => {
  it('says so themselves, of nobody else, and keeps their other settings', async () => {
    const untouched = await app.newHandoff();
    await app.put(ann, {});
    const own = `/sellers/${sam.id}/absences`;
    const put = async (user: User, path: string, body: object) => (await app.as(user)).put(path, body);
    const before = (await (await app.as(sam)).get(`/sellers/${sam.id}`)).body;
    const gone = away(-HOUR, DAY, ann.id);
    const answer = await put(sam, own, gone);
    expect(answer).toMatchObject({ status: 200, body: { ...before, ...gone } });
    await untilOfferedTo(untouched.id, ann);
    const preview = await (await app.as(sam)).post(`${own}/preview`, away(HOUR, DAY));
    expect(preview.status).toBe(200);

    expect((await put(ann, own, { absences: [] })).status).toBe(403);
    expect((await (await app.as(ann)).post(`${own}/preview`, { absences: [] })).status).toBe(403);
    expect((await put(sam, own, {})).body.errors[0].pointer).toBe('/absences');
    expect((await put(sam, own, away(-HOUR, DAY, sam.id))).body.errors[0].pointer).toBe(
      '/absences/0/deputyId',
    );
    expect((await (await app.as(sam)).get(`/sellers/${sam.id}`)).body).toEqual(answer.body);
    expect((await put(sam, own, { absences: [] })).body.absences).toEqual([]);
  });

  it.each([
    ['unavailable', () => ({ available: false })],
    ['absent from now on', () => away(-HOUR, DAY)],
  ])('%s passes on at once what they have not accepted, and keeps the rest', async (_, settings) => {
    const [untouched, taken] = [await app.newHandoff(), await app.newHandoff()];
    expect((await post(sam, `/handoffs/${taken.id}/accept`)).status).toBe(200);
    await app.put(ann, {});
    await app.put(sam, settings());
    const passed = await untilOfferedTo(untouched.id, ann);
    expect(passed).toMatchObject({ state: 'offered', offer: 2 });
    expect(passed.why).toMatch(/^Sam Seller is away: next in turn/);
    expect(await app.handoff(taken.id)).toMatchObject({ state: 'accepted', seller: { id: sam.id } });
    const { body } = await (await app.as(app.manager)).get('/handoffs?sellerAway=true');
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(taken.id);
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(untouched.id);
    await eventually(() => expect(app.typesOf(untouched.id)).toEqual(['offered', 'reassigned']));
  });

  it('passes it to their deputy when the absence begins', async () => {
    const handoff = await app.newHandoff();
    await app.put(ann, {});
    await app.put(bob, {});
    await app.put(sam, away(HOUR, DAY, bob.id));
    expect((await app.handoff(handoff.id)).seller.id).toBe(sam.id);
    await app.service.skip(HOUR);
    expect((await untilOfferedTo(handoff.id, bob)).why).toBe('Sam Seller is away: the deputy');
  });

  it('keeps it as long as nobody else can take it', async () => {
    const handoff = await app.newHandoff();
    await app.put(sam, { available: false });
    await eventually(async () => expect(await retriesOf(sam)).toHaveLength(1));
    expect(await app.handoff(handoff.id)).toMatchObject({ state: 'offered', seller: { id: sam.id } });
    await app.put(ann, {});
    await app.service.skip(61_000);
    await untilOfferedTo(handoff.id, ann);
  });

  it('gets leads again when the absence is over', async () => {
    await app.put(sam, away(-HOUR, HOUR));
    const waiting = await app.newHandoff();
    expect(waiting.state).toBe('waiting');
    await app.service.skip(HOUR);
    await untilOfferedTo(waiting.id, sam);
  });
});

describe('a lead that was accepted', () => {
  it('is given to another seller by a manager, who decides anew', async () => {
    const handoff = await app.newHandoff();
    await post(sam, `/handoffs/${handoff.id}/accept`);
    await app.put(ann, {});
    const moved = await post(app.manager, `/handoffs/${handoff.id}/reassign`, { sellerId: ann.id });
    expect(moved.body).toMatchObject({ state: 'offered', seller: { id: ann.id }, decision: null });
    expect(
      (await post(sam, `/handoffs/${handoff.id}/attempts`, { channel: 'phone', outcome: 'reached' })).status,
    ).toBe(409);
    expect((await post(ann, `/handoffs/${handoff.id}/accept`)).body.state).toBe('accepted');
  });

  it('is given back by its seller', async () => {
    const handoff = await app.newHandoff();
    expect((await post(sam, `/handoffs/${handoff.id}/give-back`)).status).toBe(409);
    await post(sam, `/handoffs/${handoff.id}/accept`);
    expect((await post(sam, `/handoffs/${handoff.id}/give-back`)).status).toBe(409);
    await app.put(ann, {});
    const { body } = await post(sam, `/handoffs/${handoff.id}/give-back`);
    expect(body).toMatchObject({ state: 'offered', seller: { id: ann.id } });
  });

  it('is rejected because it never answers, by a manager', async () => {
    const handoff = await app.newHandoff();
    await post(sam, `/handoffs/${handoff.id}/accept`);
    expect((await post(app.manager, `/handoffs/${handoff.id}/reject`, { reason: 'no-fit' })).status).toBe(
      409,
    );
    const { body } = await post(app.manager, `/handoffs/${handoff.id}/reject`, { reason: 'unresponsive' });
    expect(body).toMatchObject({ state: 'rejected', decision: { reason: 'unresponsive' } });
  });
});
