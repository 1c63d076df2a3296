import { outgoing } from '@baton/bus';
import { LeadDealReported, type LeadDealReportedV1 } from '@baton/contracts';
import type { User } from '@baton/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventOf, eventually } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { TestRouting, TRACE } from '../routing.example.js';

let app: TestRouting;
let sam: User;
const ann = testUser('Ann Seller', 'seller');
const value = { amount: 12_000, currency: 'EUR' };
const bant = { budget: true, authority: true, need: true, timeline: false };

beforeAll(async () => {
  app = await TestRouting.start();
  sam = await app.seller('Sam Seller');
}, 120_000);

afterAll(() => app?.close());

const qualified = async (): Promise<any> => {
  const handoff = await app.newHandoff();
  const seller = await app.as(sam);
  await seller.post(`/handoffs/${handoff.id}/accept`, {});
  await seller.post(`/handoffs/${handoff.id}/qualify`, bant);
  return handoff;
};

const opened = async (body: object = { value }): Promise<any> => {
  const handoff = await qualified();
  const answer = await (await app.as(sam)).post('/deals', { handoffId: handoff.id, ...body });
  expect(answer.status).toBe(201);
  return answer.body;
};

const typesOf = (dealId: string): string[] =>
  app.service.publishedAbout(dealId).map(({ type }) => type.replace(/^deal\.(.*)\.v1$/, '$1'));

describe('a deal of a qualified hand-off', () => {
  it('is opened, moved, won, renewed, and its events are published in order', async () => {
    const deal = await opened();
    expect(deal).toMatchObject({ state: 'open', stage: 'discovery', value, seller: { id: sam.id } });
    const seller = await app.as(sam);
    const act = async (path: string, body: object) =>
      (await seller.post(`/deals/${deal.id}/${path}`, body)).body;
    expect(await act('stage', { stage: 'proposal' })).toMatchObject({ stage: 'proposal' });
    expect(await act('value', { value: { ...value, amount: 14_000 } })).toMatchObject({
      value: { amount: 14_000 },
    });
    expect(await act('win', {})).toMatchObject({
      state: 'won',
      decision: { what: 'won', by: { id: sam.id } },
    });
    const renewed = await act('renew', { value: { ...value, amount: 16_000 } });
    expect(renewed).toMatchObject({ renewals: 1, value: { amount: 16_000 } });
    expect(renewed.history.at(-1).detail).toContain('grown from 14000 EUR to 16000 EUR');
    expect(await act('churn', { reason: 'price' })).toMatchObject({ state: 'churned' });
    await eventually(() =>
      expect(typesOf(deal.id)).toEqual(['opened', 'changed', 'changed', 'won', 'renewed', 'churned']),
    );
    const events = app.service.publishedAbout(deal.id);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events[0]!.data).toMatchObject({
      leadId: deal.leadId,
      handoffId: deal.handoffId,
      sellerId: sam.id,
    });
  });

  it('is opened only when the lead is qualified, and once', async () => {
    const handoff = await app.newHandoff();
    const seller = await app.as(sam);
    const early = await seller.post('/deals', { handoffId: handoff.id });
    expect(early).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const deal = await opened();
    const again = await seller.post('/deals', { handoffId: deal.handoffId });
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict', dealId: deal.id } });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(async () => seller.post('/deals', { handoffId: (await qualified()).id })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });

  it('of two decisions at once has one, and the other gets a 409 with it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const deal = await opened();
      const [seller, manager] = [await app.as(sam), await app.as(app.manager)];
      const answers = await Promise.all([
        seller.post(`/deals/${deal.id}/win`, {}),
        manager.post(`/deals/${deal.id}/lose`, { reason: 'price' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const refused = answers.find(({ status }) => status === 409)!;
      const winner = answers.find(({ status }) => status === 200)!;
      expect(refused.body).toMatchObject({
        decision: winner.body.decision.what,
        decidedByName: winner.body.decision.by.name,
      });
    }
  });

  it('counts a request with the same key once', async () => {
    const handoff = await qualified();
    const seller = await app.as(sam);
    const headers = { 'idempotency-key': randomUUID() };
    const open = () => seller.post('/deals', { handoffId: handoff.id, value }, headers);
    const answers = [await open(), ...(await Promise.all([open(), open()]))];
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const { id } = answers[0]!.body;
    await seller.post(`/deals/${id}/win`, {});
    const renew = (amount: number) =>
      seller.post(`/deals/${id}/renew`, { value: { ...value, amount } }, { 'idempotency-key': 'year-2' });
    expect((await renew(13_000)).body.renewals).toBe(1);
    expect((await renew(13_000)).body.renewals).toBe(1);
    expect((await renew(15_000)).status).toBe(422);
  });
});

describe('deals', () => {
  it('of a lead that sales found itself belong to their seller, and to nobody who was not offered the lead', async () => {
    const { leadId } = await qualified();
    const other = await app.as(ann);
    expect((await other.post('/deals', { leadId })).status).toBe(422);
    expect((await (await app.as(app.manager)).post('/deals', { leadId: randomUUID() })).status).toBe(422);
    const deal = (await (await app.as(sam)).post('/deals', { leadId, stage: 'proposal' })).body;
    expect(deal).toMatchObject({ handoffId: null, seller: { id: sam.id } });
    expect((await other.get(`/deals/${deal.id}`)).status).toBe(404);
    expect((await other.get(`/deals?leadId=${leadId}`)).body.items).toEqual([]);
    expect((await other.post(`/deals/${deal.id}/win`, { value })).status).toBe(404);
    expect((await other.get(`/deals?sellerId=${sam.id}`)).status).toBe(403);
    const viewer = await app.as(testUser('Vic', 'viewer'));
    expect((await viewer.get(`/deals/${deal.id}`)).status).toBe(200);
    expect((await viewer.post(`/deals/${deal.id}/win`, { value })).status).toBe(403);
  });

  it('of a team that a manager does not lead do not exist for them', async () => {
    const deal = await opened();
    const other = testUser('Olaf Other', 'manager');
    const client = await app.as(other);
    expect((await client.get(`/deals/${deal.id}`)).status).toBe(200);
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([app.manager.id])]);
    expect((await client.get(`/deals/${deal.id}`)).status).toBe(404);
    expect((await client.get('/deals')).body.items.filter(({ seller }: any) => seller !== null)).toEqual([]);
    expect((await client.post(`/deals/${deal.id}/win`, {})).status).toBe(404);
    expect((await client.post('/deals', { handoffId: deal.handoffId })).status).toBe(422);
    // Nor are deals opened about its leads, for its sellers, or for a seller of another lead.
    const { leadId } = await qualified();
    const lead = randomUUID();
    await app.rows(`insert into lead_sellers (seller_id, lead_id) values ($1, $2)`, [ann.id, lead]);
    for (const body of [{ leadId }, { leadId, sellerId: sam.id }, { leadId: lead, sellerId: sam.id }])
      expect([body, (await client.post('/deals', body)).status]).toEqual([body, 422]);
    const own = await app.as(app.manager);
    expect((await own.post('/deals', { leadId, sellerId: sam.id })).status).toBe(201);
    expect((await own.post('/deals', { leadId, sellerId: randomUUID() })).status).toBe(422);
    expect((await (await app.as(app.manager)).post(`/deals/${deal.id}/win`, {})).status).toBe(200);
    await app.rows(`update teams set managers = '[]' where name = 'Sales'`);
  });

  it('whose lead was offered to a seller that a manager leads are read by them, and not decided', async () => {
    const deal = await opened();
    const east = testUser('Eva East', 'manager');
    await app.rows(`insert into teams (name, managers) values ('East', $1)`, [JSON.stringify([east.id])]);
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([app.manager.id])]);
    const eric = await app.seller('Eric East', { team: 'East', available: false });
    await app.rows(`insert into lead_sellers (seller_id, lead_id) values ($1, $2)`, [eric.id, deal.leadId]);
    const client = await app.as(east);
    expect((await client.get(`/deals/${deal.id}`)).status).toBe(200);
    expect((await client.post(`/deals/${deal.id}/win`, {})).status).toBe(403);
    await app.rows(`update teams set managers = '[]' where name = 'Sales'`);
  });

  it('are listed newest first in pages, and summed by stage', async () => {
    const manager = await app.as(app.manager);
    const seen: string[] = [];
    let query = '';
    do {
      const { body } = await manager.get(`/deals?limit=3${query}`);
      seen.push(...body.items.map(({ openedAt }: any) => openedAt));
      query = body.next ? `&cursor=${body.next}` : '';
    } while (query);
    expect(seen).toEqual([...seen].sort().reverse());
    const { body } = await manager.get('/deals/totals?state=open');
    const count = body.items.reduce((sum: number, { deals }: any) => sum + deals, 0);
    expect(count).toBe((await manager.get('/deals?state=open&limit=100')).body.items.length);
    expect((await manager.get('/deals?cursor=bm9uc2Vuc2U')).status).toBe(400);
  });
});

describe('a deal of the CRM', () => {
  const reports = async (...all: Partial<LeadDealReportedV1>[]) => {
    const events = all.map((each) =>
      outgoing(
        LeadDealReported,
        eventOf(LeadDealReported, {
          activityId: randomUUID(),
          stage: undefined,
          value: undefined,
          ...each,
        }),
        1,
        { traceparent: TRACE },
      ),
    );
    await app.service.publish(...events);
    await app.caughtUp();
  };
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 9, minutes)).toISOString();

  it('follows its reports, belongs to the seller of the lead, and is decided once however often they come', async () => {
    const { leadId, id: handoffId } = await qualified();
    const crm = { leadId, externalId: randomUUID() };
    const all = [
      { ...crm, what: 'opened', value, occurredAt: at(1) },
      { ...crm, what: 'changed', stage: 'proposal', occurredAt: at(2) },
      { ...crm, what: 'won', value: { ...value, amount: 11_000 }, occurredAt: at(3) },
    ] as const;
    await reports(...all);
    await reports(...all);
    const { body } = await (await app.as(sam)).get(`/deals?leadId=${leadId}`);
    expect(body.items).toMatchObject([
      {
        state: 'won',
        stage: 'proposal',
        handoffId,
        seller: { id: sam.id },
        value: { amount: 11_000 },
        origin: { sourceId: 'crm', externalId: crm.externalId },
        openedAt: at(1),
        decision: { by: null },
      },
    ]);
    expect(typesOf(body.items[0].id)).toEqual(['opened', 'changed', 'won']);
  });

  it('of a lead that nobody was offered has no seller', async () => {
    const leadId = randomUUID();
    await reports({ leadId, externalId: randomUUID(), what: 'lost', reason: 'price', occurredAt: at(1) });
    const { body } = await (await app.as(app.manager)).get(`/deals?leadId=${leadId}`);
    expect(body.items).toMatchObject([
      { state: 'lost', seller: null, handoffId: null, decision: { reason: 'price' } },
    ]);
  });
});
