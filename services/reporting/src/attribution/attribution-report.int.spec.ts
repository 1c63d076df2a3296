import { MODELS } from '@baton/attribution';
import type { Received } from '@baton/bus';
import { ActivityAttributed, DealWon, LeadCreated, LeadStageChanged } from '@baton/contracts';
import {
  eventOf,
  httpClient,
  received,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
} from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { createLogger, start, type Running } from '@baton/platform';
import { provisionTopics } from '@baton/bus';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { factsHandlers } from '../facts.example.js';
import { periodOf } from '../report/period.js';
import { reporting } from '../reporting.module.js';
import { PathReportStore } from './path-report.store.js';

let db: TestDatabase;
let service: Running;
let client: HttpClient;

const at = (day: number): string => new Date(Date.UTC(2026, 0, day, 12)).toISOString();

/** A person who touched channels on days, became MQL on day 20 or never, and brought money or none. */
const journey = (touches: readonly [string, number][], mql: boolean, amount?: number): Received[] => {
  const leadId = randomUUID();
  return [
    received(LeadCreated, eventOf(LeadCreated, { leadId, createdAt: at(1) })),
    ...touches.map(([channel, day]) =>
      received(
        ActivityAttributed,
        eventOf(
          ActivityAttributed,
          {
            ...{ leadId, profileId: leadId, channel, occurredAt: at(day) },
            campaign: { name: `${channel} Spring` },
          },
          'touchId',
        ),
      ),
    ),
    ...(mql ? [received(LeadStageChanged, eventOf(LeadStageChanged, { leadId, changedAt: at(20) }))] : []),
    ...(amount === undefined
      ? []
      : [
          received(
            DealWon,
            eventOf(DealWon, { leadId, value: { amount, currency: 'EUR' }, wonAt: at(25) }, 'dealId'),
          ),
        ]),
  ];
};

beforeAll(async () => {
  const kafka = await testKafka();
  await provisionTopics({
    ...kafka,
    log: await createLogger({ name: 'spec', level: 'silent' }),
    partitions: 1,
  });
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  const messages = [
    journey(
      [
        ['search', 5],
        ['email', 19],
      ],
      true,
      100.5,
    ),
    journey(
      [
        ['search', 5],
        ['email', 19],
      ],
      true,
    ),
    journey(
      [
        ['email', 15],
        ['email', 21],
      ],
      true,
      10,
    ),
    journey(
      [
        ['video', 3],
        ['search', 4],
      ],
      false,
    ),
    journey([], true),
  ].flat();
  for (const handler of factsHandlers(db)) {
    const own = messages.filter(({ contract }) => handler.events.includes(contract));
    if (own.length > 0) await db.database.transaction((tx) => handler.handle(own, tx));
  }
  service = await start(reporting, {
    DATABASE_URL: db.url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    TOPIC_PREFIX: kafka.topicPrefix,
    ...identityEnvironment,
    LOG_LEVEL: 'silent',
  });
  client = httpClient(service.url, bearerOf(testUser('Vera', 'viewer'), 'reporting'));
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await db?.drop();
});

const PERIOD = 'from=2026-01-01&to=2026-01-31';
const ask = async (query: string, report = 'attribution') =>
  (await client.get(`/reports/${report}?${query}&${PERIOD}`)).body;
const creditsOf = (body: any, model = 0): Record<string, number[]> =>
  Object.fromEntries(
    body.keys.map(({ key, credits }: any) => [key, [credits[model].conversions, credits[model].value]]),
  );

describe('GET /reports/attribution', () => {
  it('divides the milestones of a period by the touches before them, each sum exactly', async () => {
    const body = await ask('milestone=mql&model=first,last,linear');
    expect(body).toMatchObject({
      ...{ milestone: 'mql', by: 'channel', conversions: 4, withTouches: 3, value: 110.5, currency: 'EUR' },
      ...{
        lookback: 90,
        version: 3,
        models: ['first', 'last', 'linear'],
        from: '2026-01-01',
        timeZone: 'UTC',
      },
    });
    expect(creditsOf(body)).toEqual({ search: [2, 100.5], email: [1, 10], '(none)': [1, 0] });
    expect(creditsOf(body, 1)).toEqual({ search: [0, 0], email: [3, 110.5], '(none)': [1, 0] });
    expect(creditsOf(body, 2)).toEqual({ search: [1, 50.25], email: [2, 60.25], '(none)': [1, 0] });
  });

  it.each(MODELS)(
    'by %s sums to the conversions and the value of plain SQL over the facts',
    async (model) => {
      const [facts] = await db.database.rows<{ conversions: number; value: number }>(
        `select count(distinct m.lead_id)::int as conversions, coalesce(sum(d.amount), 0)::float8 as value
       from stage_moves m left join deal_facts d using (lead_id) where 'mql' = any(m.reached)`,
      );
      const body = await ask(`milestone=mql&by=campaign&model=${model}`);
      const totals = [0, 1].map((index) =>
        Object.values(creditsOf(body)).reduce((sum, credit) => sum + Math.round(credit[index]! * 1e6), 0),
      );
      expect(totals).toEqual([facts!.conversions * 1e6, facts!.value * 1e6]);
      expect(body.keys.map(({ key }: { key: string }) => key)).toContain('email Spring');
    },
  );

  it('shortens the look-back for one answer, down to what happened on the day', async () => {
    expect(creditsOf(await ask('milestone=mql&model=first&lookback=2'))).toEqual({
      email: [2, 100.5],
      '(none)': [2, 10],
    });
    expect(creditsOf(await ask('milestone=mql&model=first&lookback=1'))).toEqual({ '(none)': [4, 110.5] });
  });

  it('weighs touches by their age', async () => {
    const [search] = creditsOf(await ask('milestone=won&model=time-decay&halfLife=14'))['search']!;
    expect(search).toBeCloseTo(1 / 3, 5);
  });

  it('gives nothing of nothing, and clear refusals', async () => {
    expect(await ask('milestone=sql&model=linear')).toMatchObject({ conversions: 0, keys: [] });
    const statuses = [
      'milestone=moon',
      'by=region',
      'model=best',
      'lookback=91',
      'order=4',
      'timeZone=Mars',
      'model=first,first',
      'model=first&halfLife=3',
      'order=2',
      'model=markov&shape=w',
    ];
    for (const query of statuses)
      expect([query, (await client.get(`/reports/attribution?${query}`)).status]).toEqual([query, 400]);
    expect((await client.get('/reports/attribution?from=2016-11-29&to=2026-11-28')).status).toBe(200);
  });
});

describe('GET /reports/paths', () => {
  it('answers with the most frequent paths of all', async () => {
    expect(await ask('milestone=mql&limit=2', 'paths')).toMatchObject({
      conversions: 4,
      value: 110.5,
      distinct: 3,
      paths: [
        { path: ['search', 'email'], conversions: 2, value: 100.5 },
        { path: ['email'], conversions: 1, value: 10 },
      ],
    });
  });
});

describe('paths in pages', () => {
  const COUNT = 1_234;
  let store: PathReportStore;
  const asked = {
    ...({ milestone: 'rejected', by: 'channel', lookback: 90 } as const),
    period: periodOf({ from: '2020-01-01', to: '2020-12-31' }, new Date()),
  };
  beforeAll(async () => {
    store = new PathReportStore(db.database);
    // As many distinct paths to the milestone as journeys that did not reach it.
    await db.database.rows(
      `insert into paths (lead_id, milestone, at, value, reached, channels, campaigns, contents, sources, days)
       select gen_random_uuid(), milestone, '2020-06-01', 0.001, '{}', array['c' || n % 40, 'd' || n], array['', ''], array['', ''], array['', ''], array[3, 1]
       from generate_series(1, ${COUNT}) as n, unnest(array['rejected', 'open']) as milestone`,
    );
  });

  it('are all read, with days and with journeys that did not convert', async () => {
    const read = await store.journeys(asked, { days: true, nulls: true });
    expect(read).toMatchObject({ conversions: COUNT, withTouches: COUNT, value: COUNT / 1_000 });
    expect(read.journeys.bytes).toBeGreaterThan(4 * COUNT * 2);
  });

  it('are refused when they take too much memory or time, and the connection serves the next request', async () => {
    // At once, among those that converted, and among the others; and out of time.
    for (const limits of [
      ...[200, 120_000, 300_000].map((bytes) => ({ bytes, ms: 60_000 })),
      { bytes: 1e9, ms: -1 },
    ])
      await expect(store.journeys(asked, { days: false, nulls: true }, limits)).rejects.toMatchObject({
        code: 'unprocessable',
        message: expect.stringContaining('too many paths'),
      });
    expect((await store.journeys(asked, { days: false, nulls: false })).conversions).toBe(COUNT);
  });
});
