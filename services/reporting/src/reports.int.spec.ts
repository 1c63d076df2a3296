import type { Received } from '@baton/bus';
import {
  DealLost,
  DealWon,
  HandoffAccepted,
  HandoffOffered,
  HandoffRejected,
  LeadCreated,
  LeadStageChanged,
} from '@baton/contracts';
import { eventOf, received, type HttpClient } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { factsHandlers } from './facts.example.js';
import { reporting } from './reporting.module.js';

let service: TestService;
let client: HttpClient;
const PERIOD = 'from=2026-01-01&to=2026-01-31';
const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 0, day, hour)).toISOString();
const seller = { sellerId: randomUUID(), sellerName: 'Sam' };

/** A lead that came on a day and reached stages a day after another, with what sales made of it. */
const history = (
  day: number,
  campaign: string,
  stages: readonly string[],
  more: (leadId: string) => Received[] = () => [],
): Received[] => {
  const leadId = randomUUID();
  return [
    received(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: at(day), campaign })),
    ...stages.map((stage, index) =>
      received(
        LeadStageChanged,
        eventOf(LeadStageChanged, { leadId, to: stage, reached: [stage], changedAt: at(day + index + 1) }),
        { sequence: index + 2 },
      ),
    ),
    ...more(leadId),
  ];
};

const offer = (leadId: string, ...events: readonly [any, object][]): Received[] => {
  const ids = { leadId, handoffId: randomUUID(), ...seller };
  const offered = eventOf(HandoffOffered, { ...ids, offeredAt: at(5), acceptBy: at(6) });
  return [
    received(HandoffOffered, offered),
    ...events.map(([contract, data]) => received(contract, eventOf(contract, { ...ids, ...data }))),
  ];
};

beforeAll(async () => {
  service = await TestService.start(reporting);
  client = await service.as(testUser('Mara', 'marketing'));
  const { database } = service;
  const messages = [
    ...history(2, '=cmd()', ['lead', 'mql', 'sal'], (leadId) => [
      ...offer(leadId, [HandoffAccepted, { acceptedAt: at(5, 2), firstTouchBy: at(6) }]),
      received(
        DealWon,
        eventOf(DealWon, { leadId, wonAt: at(20), value: { amount: 900, currency: 'EUR' } }, 'dealId'),
      ),
    ]),
    ...history(3, 'Spring', ['lead', 'mql'], (leadId) => [
      ...offer(leadId, [HandoffRejected, { rejectedAt: at(8), reason: 'no-budget' }]),
      received(
        DealLost,
        eventOf(DealLost, { leadId, lostAt: at(21), competitor: 'Difference Machines' }, 'dealId'),
      ),
    ]),
    ...history(30, 'Spring', ['lead']),
  ];
  for (const handler of factsHandlers(database)) {
    const own = messages.filter(({ contract }) => handler.events.includes(contract));
    if (own.length > 0) await database.database.transaction((tx) => handler.handle(own, tx));
  }
}, 120_000);
afterAll(() => service?.close());

const ask = async (path: string) => {
  const { status, body } = await client.get(path);
  expect([path, status, body]).toEqual([path, 200, expect.anything()]);
  return body;
};

describe('the KPIs', () => {
  it('have numerators and denominators of the period', async () => {
    const saved = await client.post('/campaigns', {
      name: 'spring',
      startsOn: '2026-01-01',
      brief: 'For banks',
      costs: [{ day: '2026-01-10', amount: 300 }],
    });
    expect(saved.status).toBe(200);
    const kpis = await ask(`/reports/kpis?${PERIOD}`);
    expect(kpis.conversions).toEqual([
      { key: 'lead-to-mql', numerator: 2, denominator: 3 },
      { key: 'mql-to-sal', numerator: 1, denominator: 2 },
      { key: 'sal-to-sql', numerator: 0, denominator: 1 },
      { key: 'sql-to-won', numerator: 0, denominator: 0 },
      { key: 'lead-to-won', numerator: 1, denominator: 3 },
    ]);
    expect(kpis.agreement).toEqual([
      { key: 'accept-in-time', numerator: 1, denominator: 2 },
      { key: 'first-touch-in-time', numerator: 0, denominator: 1 },
      { key: 'acceptance', numerator: 1, denominator: 2 },
    ]);
    expect(kpis).toMatchObject({
      rejections: [{ key: 'no-budget', numerator: 1, denominator: 1 }],
      competitors: [{ key: 'Difference Machines', numerator: 1, denominator: 2 }],
      deals: [
        { key: 'win-rate', numerator: 1, denominator: 2 },
        { key: 'retention', numerator: 1, denominator: 1 },
        { key: 'churn', numerator: 0, denominator: 1 },
      ],
    });
    const amounts = Object.fromEntries(
      kpis.amounts.map(({ key, numerator, denominator }: any) => [key, [numerator, denominator]]),
    );
    expect(amounts).toMatchObject({
      revenue: [900, 1],
      'cost-per-lead': [300, 3],
      'cost-per-customer': [300, 1],
    });
    // Nothing comes before the first stage.
    expect(kpis.times.map(({ key }: { key: string }) => key)).not.toContain('to-visitor');
    expect(kpis.times).toContainEqual({ key: 'to-mql', count: 2, medianSeconds: 86_400, p90Seconds: 86_400 });
  });
});

describe('the flow', () => {
  it('balances: before and who came less who left is after', async () => {
    const flow = await ask('/reports/flow?from=2026-01-04&to=2026-01-31&by=campaign');
    for (const { before, came, left, after } of flow.total) expect(before + came - left).toBe(after);
    expect(flow.total).toContainEqual({ stage: 'lead', before: 1, came: 2, left: 2, after: 1 });
    expect(flow.groups.map(({ key }: { key: string }) => key).sort()).toEqual(['=cmd()', 'Spring']);
  });
});

describe('campaigns', () => {
  it('show what people became, beside the costs of the period', async () => {
    const { items } = await ask(`/reports/campaigns?${PERIOD}`);
    expect(items).toEqual([
      { campaign: '=cmd()', people: 1, leads: 1, sals: 1, customers: 1, value: 900, cost: 0 },
      { campaign: 'spring', people: 2, leads: 2, sals: 0, customers: 0, value: 0, cost: 300 },
    ]);
    expect((await ask('/campaigns')).items).toMatchObject([
      { name: 'spring', brief: 'For banks', endsOn: null },
    ]);
  });

  it('take costs from a file, all or none, and the same file twice', async () => {
    const file = 'campaign,day,amount,note\nautumn,2026-02-01,10.5,print\nautumn,2026-02-01,1,web\n';
    for (let i = 0; i < 2; i += 1)
      expect((await client.post('/campaigns/costs', { csv: file })).body).toEqual({ stored: 2 });
    expect((await client.post('/campaigns/costs', { csv: `${file}autumn,soon,1,x` })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/csv/4' }],
    });
    expect((await ask('/reports/campaigns?from=2026-02-01&to=2026-02-28')).items).toEqual([
      { campaign: 'autumn', people: 0, leads: 0, sals: 0, customers: 0, value: 0, cost: 11.5 },
    ]);
  });

  it.each([
    {},
    { name: ' ' },
    { name: 'x', startsOn: '2026-02-30' },
    { name: 'x', startsOn: '2026-02-02', endsOn: '2026-02-01' },
    { name: 'x', costs: [{ day: '2026-01-01', amount: -1 }] },
  ])('refuse %j', async (plan) => {
    expect((await client.post('/campaigns', plan)).status).toBe(400);
  });
});

describe('figures', () => {
  it('of the API, of CSV and of plain SQL over the facts are equal', async () => {
    const path = `/reports/funnel?${PERIOD}&by=campaign`;
    const [report, csv] = [await ask(path), await client.get(`${path}&format=csv`)];
    const facts = await service.database.database.rows<{ group: string; leads: number; mqls: number }>(
      `select campaign as group, count(distinct f.lead_id)::int as leads,
         count(distinct f.lead_id) filter (where 'mql' = any(m.reached))::int as mqls
       from lead_facts f left join stage_moves m using (lead_id) group by 1 order by 2 desc`,
    );
    expect(report.groups.map(({ leads, counts }: any) => [leads, counts.mql])).toEqual(
      facts.map(({ leads, mqls }) => [leads, mqls]),
    );
    const lines = String(csv.body).split('\r\n');
    expect(lines).toContain(`Spring,mql,${facts[0]!.mqls},${facts[0]!.leads}`);
    expect(lines).toContain(`'=cmd(),mql,${facts[1]!.mqls},${facts[1]!.leads}`);
    for (const name of ['flow', 'touches', 'attribution', 'paths', 'kpis', 'campaigns'])
      expect([name, (await client.get(`/reports/${name}?${PERIOD}&format=csv`)).status]).toEqual([name, 200]);
  });

  it('lead to the people behind them; a seller sees the own ones only', async () => {
    const path = `/reports/leads?${PERIOD}&by=campaign&key=spring&stage=mql`;
    expect(await ask(path)).toMatchObject({ total: 1, items: [{ campaign: 'Spring', seller: 'Sam' }] });
    const sam = await service.as(testUser('Sam', 'seller'));
    expect((await sam.get(path)).body).toEqual({ total: 1, items: [] });
  });

  it('of nothing, of ten years and of an absurd period are clear answers', async () => {
    for (const report of [
      'funnel',
      'flow',
      'attribution',
      'paths',
      'kpis',
      'campaigns',
      'leads',
      'touches',
    ]) {
      for (const query of [
        'from=1990-01-01&to=1990-01-02',
        'from=2016-11-29&to=2026-11-28',
        'hours=24',
        'timeZone=Asia/Kathmandu',
      ])
        expect([report, query, (await client.get(`/reports/${report}?${query}`)).status]).toEqual([
          report,
          query,
          200,
        ]);
      for (const query of ['from=0001-01-01&to=9999-12-31', 'from=x', 'by=moon', 'hours=0', 'format=xml'])
        if (!(report === 'kpis' || report === 'campaigns') || query !== 'by=moon')
          expect([report, query, (await client.get(`/reports/${report}?${query}`)).status]).toEqual([
            report,
            query,
            400,
          ]);
    }
  });
});
