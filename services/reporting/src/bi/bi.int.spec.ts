import {
  ActivityAttributed,
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
import pg from 'pg';
import { factsHandlers } from '../facts.example.js';
import { BI_VIEWS } from '../migrations/bi-views.migration.js';
import { reporting } from '../reporting.module.js';
import { BI_ROLE } from './bi-access.store.js';

const PERIOD = 'from=2026-01-01&to=2026-01-31';
const IN_PERIOD = `between '2026-01-01' and '2026-01-31T23:59:59.999Z'`;
const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 0, day, hour)).toISOString();
const seller = { sellerId: randomUUID(), sellerName: 'Sam Seller' };
// Roles belong to the whole server: a login of this run alone, as a second BI tool would have.
const tool = { name: `bi_${randomUUID().slice(0, 8)}`, password: randomUUID() };

let service: TestService;
let api: HttpClient;
let bi: pg.Client;

const lead = (day: number, campaign: string, stages: readonly string[]) => {
  const leadId = randomUUID();
  const ids = { leadId, handoffId: randomUUID(), ...seller };
  const touch = { leadId, profileId: leadId, occurredAt: at(day), campaign: { name: campaign } };
  return [
    received(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: at(day), campaign })),
    received(ActivityAttributed, eventOf(ActivityAttributed, touch, 'touchId')),
    ...stages.map((stage, index) =>
      received(
        LeadStageChanged,
        eventOf(LeadStageChanged, { leadId, to: stage, reached: [stage], changedAt: at(day + index + 1) }),
        { sequence: index + 2 },
      ),
    ),
    received(
      HandoffOffered,
      eventOf(HandoffOffered, { ...ids, offeredAt: at(day, 1), acceptBy: at(day + 1) }),
    ),
    stages.includes('sal')
      ? received(HandoffAccepted, eventOf(HandoffAccepted, { ...ids, acceptedAt: at(day, 2) }))
      : received(
          HandoffRejected,
          eventOf(HandoffRejected, { ...ids, rejectedAt: at(day, 2), reason: 'no-fit' }),
        ),
    ...(stages.includes('customer')
      ? [
          received(
            DealWon,
            eventOf(DealWon, { leadId, wonAt: at(20), value: { amount: 900.5, currency: 'EUR' } }, 'dealId'),
          ),
        ]
      : []),
  ];
};

const server = async (...statements: string[]): Promise<void> => {
  for (const statement of statements) await service.database.database.rows(statement);
};

beforeAll(async () => {
  service = await TestService.start(reporting);
  await server(
    `do $$ begin create role ${BI_ROLE} nologin; exception when duplicate_object or unique_violation then end $$`,
    `create role ${tool.name} login password '${tool.password}' in role ${BI_ROLE}`,
  );
  await service.restart();
  api = await service.as(testUser('Mara', 'marketing'));
  const messages = [
    ...lead(2, 'Spring', ['lead', 'mql', 'sal', 'customer']),
    ...lead(3, 'SPRING', ['lead', 'mql']),
    ...lead(4, 'Autumn', ['lead', 'mql', 'sal']),
  ];
  const { database } = service;
  for (const handler of factsHandlers(database)) {
    const own = messages.filter(({ contract }) => handler.events.includes(contract));
    if (own.length > 0) await database.database.transaction((tx) => handler.handle(own, tx));
  }
  const url = new URL(database.url);
  Object.assign(url, { username: tool.name, password: tool.password });
  bi = new pg.Client({ connectionString: url.href });
  await bi.connect();
}, 120_000);
afterAll(async () => {
  await bi?.end();
  await server(`drop role if exists ${tool.name}`);
  await service?.close();
});

const select = async (sql: string): Promise<any[]> => (await bi.query<any>(sql)).rows;
const report = async (path: string) => (await api.get(`/reports/${path}${PERIOD}`)).body;

describe('the role of BI tools', () => {
  it('counts what the funnel counts', async () => {
    const { groups } = await report('funnel?by=campaign&');
    const counted = await select(
      `select campaign as key, count(distinct p.lead_id)::int as leads, count(*) filter (where stage = 'mql')::int as mql,
         count(*) filter (where stage = 'sal')::int as sal
       from bi_people p left join bi_stages using (lead_id) where created_at ${IN_PERIOD} group by 1 order by 2 desc`,
    );
    expect(counted).toHaveLength(2);
    expect(
      groups.map(({ key, leads, counts }: any) => ({ key, leads, mql: counts.mql, sal: counts.sal ?? 0 })),
    ).toEqual(counted);
  });

  it('counts what the flow, the KPIs and the attribution count', async () => {
    const { total } = await report('flow?');
    const [stay] = await select(
      `select count(*)::int as came, count(*) filter (where until ${IN_PERIOD})::int as left
       from bi_stays where stage = 'mql' and since ${IN_PERIOD}`,
    );
    expect(total).toContainEqual(expect.objectContaining({ stage: 'mql', ...stay }));

    const kpis = await report('kpis?');
    const [deals] = await select(
      `select sum(amount)::float8 as numerator, count(*)::int as denominator from bi_deals where won_at ${IN_PERIOD}`,
    );
    expect(kpis.amounts).toContainEqual({ key: 'revenue', ...deals });
    const [offers] = await select(
      `select count(accepted_at)::int as numerator, count(*)::int as denominator from bi_offers where offered_at ${IN_PERIOD}`,
    );
    expect(kpis.agreement).toContainEqual({ key: 'acceptance', ...offers });
    expect(offers).toEqual({ numerator: 2, denominator: 3 });

    const first = await report('attribution?milestone=mql&model=first&by=campaign&');
    const touched = await select(
      `select campaign as key, count(*)::int as conversions from bi_milestones join bi_path_touches using (lead_id, milestone)
       where milestone = 'mql' and at ${IN_PERIOD} and place = 1 group by 1 order by 2 desc`,
    );
    expect(touched.map(({ conversions }) => conversions)).toEqual([2, 1]);
    expect(
      first.keys.map(({ key, credits: [credit] }: any) => ({ key, conversions: credit.conversions })),
    ).toEqual(touched);
  });

  it('reads every view, and no table', async () => {
    for (const view of Object.keys(BI_VIEWS)) await select(`select * from ${view}`);
    const tables = await service.database.database.rows<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'reporting'`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { tablename } of tables)
      await expect(select(`select * from "${tablename}"`)).rejects.toThrow('permission denied');
  });

  it('finds no name of a person in any view', async () => {
    for (const view of Object.keys(BI_VIEWS))
      expect(await select(`select * from ${view} as row where row::text like '%Sam%'`)).toEqual([]);
  });

  it.each([
    ...Object.keys(BI_VIEWS).map((view) => `delete from ${view}`),
    'create table mine (n int)',
    'create view mine as select 1',
    'drop view bi_people',
    'update touches set campaign = null',
    `set role postgres`,
    `copy bi_people to program 'true'`,
    `copy bi_people to '/tmp/bi'`,
  ])('may not %s', async (sql) => {
    await expect(select(sql)).rejects.toThrow(/permission denied|must be owner|cannot delete|cannot insert/);
  });
});
