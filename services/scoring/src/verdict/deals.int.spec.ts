import { DealLost, DealOpened, DealWon } from '@baton/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { TestScoring, TRACE } from '../scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

const movedTo = (leadId: string, to: string) =>
  eventually(() => {
    const last = app.eventsOf(leadId).findLast(({ type }) => type === 'stage-changed');
    expect(last?.data.to).toBe(to);
    return last!;
  });

describe('a deal', () => {
  it('makes its lead an opportunity and a customer, in the trace of the seller', async () => {
    const deal = { leadId: await app.readyLead(), dealId: randomUUID() };
    await app.publishDealEvent(DealOpened, deal);
    const opportunity = await movedTo(deal.leadId, 'opportunity');
    expect(opportunity.data).toMatchObject({ cause: 'deal', salesReady: false });
    expect(opportunity.traceparent).toContain(TRACE.split('-')[1]);
    await app.publishDealEvent(DealWon, { ...deal, value: { amount: 14_000, currency: 'EUR' } });
    expect((await movedTo(deal.leadId, 'customer')).data.reached).toEqual(['customer']);
    expect(
      await app.db.database.rows('select state, amount, currency, sequence from deals where id = $1', [
        deal.dealId,
      ]),
    ).toEqual([{ state: 'won', amount: 14_000, currency: 'EUR', sequence: 2 }]);
  });

  it('that is lost recycles its lead, which comes back when it asks again', async () => {
    const deal = { leadId: await app.readyLead(), dealId: randomUUID() };
    await app.publishDealEvent(DealOpened, deal);
    await movedTo(deal.leadId, 'opportunity');
    await app.publishDealEvent(DealLost, { ...deal, lostAt: app.clock.now().toISOString() });
    expect((await movedTo(deal.leadId, 'recycled')).data.reason).toMatchObject({
      ...{ kind: 'lost', rule: 'lost', reason: 'price' },
      words: expect.stringContaining('the deal was lost to Difference Machines (price): recycled until'),
    });
    const [evidence] = await app.db.database.rows<any>('select * from deals where id = $1', [deal.dealId]);
    expect(evidence).toMatchObject({
      ...{ state: 'lost', reason: 'price', competitor: 'Difference Machines', teaches: 'nothing' },
      ...{ model_id: 'scoring-model-1', funnel_id: 'funnel-1', grade: expect.any(String) },
    });
    expect(evidence.points).toBeGreaterThan(0);
    await app.publishActivities(app.salesReadyForm((await app.lead(deal.leadId)).traits.email));
    expect((await movedTo(deal.leadId, 'mql')).data).toMatchObject({
      ...{ salesReady: true, reason: { kind: 'asked-again' } },
    });
  });

  it('of a lead that nobody knows changes nothing', async () => {
    await app.publishDealEvent(DealOpened, { leadId: randomUUID(), dealId: randomUUID() });
    await app.caughtUp();
  });
});

describe('an event of a CRM about a deal', () => {
  it('is reported with the lead it belongs to, once', async () => {
    const leadId = await app.readyLead();
    const email = (await app.lead(leadId)).traits.email;
    const activity = app.activity({
      kind: 'track',
      name: 'Deal Won',
      sourceId: 'crm',
      identifiers: { email },
      properties: { deal_id: 'D-1', amount: 900, currency: 'EUR' },
    });
    await app.publishActivities(activity, activity);
    await app.publishActivities(activity);
    await app.caughtUp();
    const reports = await eventually(() => {
      const found = app.eventsOf(leadId).filter(({ type }) => type === 'deal-reported');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(reports[0]!.data).toMatchObject({
      sourceId: 'crm',
      externalId: 'D-1',
      what: 'won',
      value: { amount: 900, currency: 'EUR' },
    });
  });
});
