import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identifierHashOf, outgoing } from '@baton/bus';
import { LeadDealReported, LeadErasureRequested, LeadStageChanged } from '@baton/contracts';
import type { User } from '@baton/platform';
import { testUser } from '@baton/testing/service';
import { eventOf, eventually, tablesNaming } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
const bant = { budget: true, authority: true, need: true, timeline: false };

beforeAll(async () => {
  app = await TestRouting.start();
  sam = await app.seller('Sam Seller');
}, 120_000);

afterAll(() => app?.close());

const somebody = () => `ada-${randomUUID().slice(0, 8)}@engines.example`;

const request = (leadIds: readonly string[], email: string) =>
  outgoing(
    LeadErasureRequested,
    {
      requestId: randomUUID(),
      leadIds,
      identifierHashes: [identifierHashOf('email', email)],
      blocked: false,
      requestedAt: app.service.clock.now().toISOString(),
    },
    1,
  );

const erase = async (leadIds: readonly string[], email = somebody()) => {
  const event = request(leadIds, email);
  await app.service.publish(event);
  return eventually(() => {
    const receipt = app.service.publishedAbout(`${event.data.requestId}/routing`)[0];
    if (!receipt) throw new Error('no receipt yet');
    return { event, erased: receipt.data.erased as { place: string; count: number }[] };
  });
};

/** Tables with a text, or with the id of a lead; ids alone name nobody, but tell whether a row is left. */
const tables = (text: string): Promise<string[]> =>
  tablesNaming(app.service.database.database, app.service.database.schema, [text]);

const handoffWith = async (act: (path: string, body: object) => Promise<unknown>): Promise<any> => {
  const handoff = await app.newHandoff();
  const seller = await app.as(sam);
  await seller.post(`/handoffs/${handoff.id}/accept`, {});
  await act(handoff.id, {});
  return handoff;
};

describe('a person who is erased', () => {
  it('is in no table, neither in notes of sellers nor in dead letters, and the open hand-off ends', async () => {
    const email = somebody();
    const seller = await app.as(sam);
    const rejected = await app.newHandoff();
    await seller.post(`/handoffs/${rejected.id}/reject`, { reason: 'no-need', note: `wrote to ${email}` });
    const open = await handoffWith((id) =>
      seller.post(`/handoffs/${id}/attempts`, { channel: 'phone', outcome: 'reached' }),
    );
    await app.rows(
      `insert into dead_letters (reader, topic, partition, record_offset, hash, value, headers, timestamp, reason)
       values ('handoffs', 'leads', 0, 1, 1, convert_to($1, 'UTF8'), '{}', 0, 'broken')`,
      [JSON.stringify({ email })],
    );
    await app.caughtUp();
    const leadIds = [rejected.leadId, open.leadId];
    expect(await tables(email)).toEqual(['dead_letters', 'handoffs']);
    expect(await tables(open.leadId)).toEqual(expect.arrayContaining(['handoffs', 'notice_deliveries']));

    const ofPerson = async (user = testUser('Ada Min', 'admin')) =>
      (await app.as(user)).get(`/persons/${rejected.leadId}/export`);
    const exported = await ofPerson();
    expect(exported.body.held.handoffs).toMatchObject([
      { id: rejected.id, state: { verdict: { note: `wrote to ${email}` } } },
    ]);
    expect(exported.body.held.handoffHistory.map(({ type }: any) => type)).toEqual(['rejected', 'offered']);
    expect((await ofPerson(sam)).status).toBe(403);

    const { event, erased } = await erase(leadIds, email);
    expect(erased).toEqual(
      expect.arrayContaining([
        { place: 'handoffs', count: 2 },
        { place: 'dead_letters', count: 1 },
      ]),
    );
    await eventually(async () => {
      expect(app.eventsOf(open.id).at(-1)).toMatchObject({
        type: 'handoff.rejected.v1',
        data: { reason: 'erased', teaches: 'nothing', outcome: 'disqualified' },
      });
      expect(app.typesOf(rejected.id).filter((type) => type === 'rejected')).toHaveLength(1);
      await app.caughtUp();
      expect(await tables(email)).toEqual([]);
    });
    expect(Object.values((await ofPerson()).body.held).flat()).toEqual([]);
    expect((await seller.get(`/handoffs/${open.id}`)).status).toBe(404);
    expect(
      await app.rows('select from timers where key = any($1::text[])', [[open.id, rejected.id]]),
    ).toEqual([]);

    // The same request again deletes nothing, and answers nothing.
    await app.service.publish(outgoing(LeadErasureRequested, event.data, 2));
    await app.caughtUp();
    expect(app.service.publishedAbout(`${event.data.requestId}/routing`)).toHaveLength(1);
  });

  it('is not brought back by events about the lead that come late, or again', async () => {
    const open = await app.newHandoff();
    await erase([open.leadId]);
    await app.service.publish(
      outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId: open.leadId }), 9),
      outgoing(LeadDealReported, eventOf(LeadDealReported, { leadId: open.leadId }), 1),
    );
    await app.caughtUp();
    for (const table of ['handoffs', 'lead_readiness', 'routed_leads', 'deals'])
      expect(await app.rows(`select from ${table} where lead_id = $1`, [open.leadId])).toEqual([]);
    const [next] = await app.leads(1);
    await eventually(async () => expect(await app.handoffOf(next!)).toBeDefined());
  });

  it('leaves a deal with its amount, without what was written about it', async () => {
    const competitor = `Rivals of ${randomUUID().slice(0, 8)}`;
    const seller = await app.as(sam);
    const handoff = await handoffWith((id) => seller.post(`/handoffs/${id}/qualify`, bant));
    const value = { amount: 12_000, currency: 'EUR' };
    const { body: deal } = await seller.post('/deals', { handoffId: handoff.id, value });
    const lost = await seller.post(`/deals/${deal.id}/lose`, { reason: 'price', competitor });
    expect(lost.status).toBe(200);
    await app.caughtUp();
    expect(await tables(competitor)).toEqual(expect.arrayContaining(['deal_history', 'deals']));
    await erase([handoff.leadId]);
    await eventually(async () =>
      expect((await tables(competitor)).filter((table) => table !== 'notice_deliveries')).toEqual([]),
    );
    expect(await tables(competitor)).toEqual([]);
    const left = await (await app.as(app.manager)).get(`/deals/${deal.id}`);
    expect(left.body).toMatchObject({ state: 'lost', value, decision: { what: 'lost' } });
  });
});
