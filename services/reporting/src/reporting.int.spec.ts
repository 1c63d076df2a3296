import {
  BusClient,
  busMigrations,
  outgoing,
  Outbox,
  provisionTopics,
  Publisher,
  type Outgoing,
} from '@baton/bus';
import {
  ActivityRecorded,
  DefinitionActivated,
  HandoffOffered,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
} from '@baton/contracts';
import { createLogger, start, type Role, type Running } from '@baton/platform';
import {
  eventOf,
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reporting } from './reporting.module.js';

const log = await createLogger({ name: 'spec', level: 'silent' });

let kafka: TestKafka;
let own: TestDatabase;
let scoring: TestDatabase;
let service: Running;
let outbox: Outbox;
let publisher: Publisher;

const environment = () => ({
  DATABASE_URL: own.url,
  KAFKA_BROKERS: kafka.brokers.join(','),
  TOPIC_PREFIX: kafka.topicPrefix,
  ...identityEnvironment,
  LOG_LEVEL: 'silent',
});

const bearer = (role: Role = 'seller') => bearerOf(testUser('Sam', role), 'reporting');
const ask = async (path: string, role?: Role) => httpClient(service.url).get(path, bearer(role));
const publish = (...events: Outgoing[]) =>
  outbox.transact(() => Promise.resolve({ events, result: undefined }));

beforeAll(async () => {
  kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 2 });
  own = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  scoring = await testDatabase({ name: 'scoring', migrations: busMigrations });
  const client = new BusClient({ name: 'scoring', ...kafka, log });
  outbox = new Outbox(client, scoring.database);
  publisher = new Publisher(client);
  await publisher.start();
  service = await start(reporting, environment());
}, 120_000);

afterAll(async () => {
  await Promise.all([service?.stop(), outbox?.stop(), publisher?.stop()]);
  await Promise.all([own?.drop(), scoring?.drop()]);
});

/** A lead that was created in `channel` on a day and rose to MQL. */
const leadEvents = (channel: string, createdAt = '2026-01-05T09:00:00.000Z') => {
  const leadId = randomUUID();
  return [
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId, channel, createdAt }), 1),
    outgoing(LeadScored, eventOf(LeadScored, { leadId }), 2),
    outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId, channel }), 3),
  ];
};

describe('the funnel report', () => {
  it('counts a cohort by channel, with the labels of the signed funnel, each message once', async () => {
    const document = {
      stages: ['visitor', 'lead', 'mql', 'sal'].map((key) => ({ key, label: key.toUpperCase() })),
      exits: [{ key: 'recycled', label: 'Recycled' }],
    };
    await publish(
      outgoing(DefinitionActivated, eventOf(DefinitionActivated, { definitionId: 'funnel-1', document }), 1),
    );
    const histories = [leadEvents('email'), leadEvents('email'), leadEvents('paid-search')];
    await publish(...histories.flat());
    await publish(...histories.flat());
    const path = '/reports/funnel?by=channel&from=2026-01-05&to=2026-01-05T23:00:00Z';
    const report = await eventually(async () => {
      const { body } = await ask(path);
      expect(body).toMatchObject({ funnelId: 'funnel-1', total: { leads: 3, counts: { mql: 3 } } });
      return body;
    });
    expect(report).toMatchObject({
      by: 'channel',
      from: '2026-01-05',
      to: '2026-01-05',
      cohort: 'leads created in the period',
      newestEventAt: expect.any(String),
      stages: [{ key: 'visitor', label: 'VISITOR' }, {}, {}, {}],
      groups: [
        { key: 'email', leads: 2, counts: { visitor: 2, lead: 2, mql: 2, sal: 0, recycled: 0 } },
        { key: 'paid-search', leads: 1 },
      ],
    });
    expect(report.groups[0].rates[3]).toEqual({ stage: 'sal', numerator: 0, denominator: 2 });
    expect((await ask('/reports/funnel?from=2026-01-06&to=2026-01-06')).body.total.leads).toBe(0);
    const seen = await Promise.all(
      (['marketing', 'seller', 'manager', 'admin'] as const).map((role) => ask(path, role)),
    );
    expect(new Set(seen.map(({ body }) => JSON.stringify(body.groups))).size).toBe(1);
  });

  it('refuses invalid periods and groupings', async () => {
    expect((await ask('/reports/funnel?from=2026-02-30')).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/from' }],
    });
    expect((await ask('/reports/funnel?by=moon')).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/by' }],
    });
    expect((await httpClient(service.url).get('/reports/funnel')).status).toBe(401);
  });
});

describe('the SLA report', () => {
  it('shows an overdue clock as breached although no event said so', async () => {
    const offer = eventOf(HandoffOffered, { acceptBy: '2026-01-06T09:00:00.000Z' }, 'handoffId', 'leadId');
    await publish(outgoing(HandoffOffered, offer, 1));
    await eventually(async () => {
      const { body } = await ask('/reports/sla');
      expect(body.clocks).toEqual([
        {
          name: 'accept',
          running: 0,
          overdue: 1,
          met: 0,
          breached: 1,
          rate: { numerator: 0, denominator: 1 },
        },
        {
          name: 'first-touch',
          running: 0,
          overdue: 0,
          met: 0,
          breached: 0,
          rate: { numerator: 0, denominator: 0 },
        },
      ]);
      expect(body.sellers).toMatchObject([{ name: 'Sam Seller', open: 1, breached: 1 }]);
    });
  });
});

describe('the touches report', () => {
  it('counts an activity once however often its sender sent it', async () => {
    const activity = eventOf(ActivityRecorded, { channel: 'sms' }, 'activityId');
    const robots = eventOf(ActivityRecorded, { channel: 'sms', bot: true }, 'activityId');
    for (const data of [activity, activity, robots, activity])
      await publisher.publish([{ contract: ActivityRecorded, data }]);
    await eventually(async () => {
      const { body } = await ask('/reports/touches?from=2026-01-05&to=2026-01-05');
      expect(body.groups).toEqual([{ key: 'sms', touches: 1, bots: 1 }]);
    });
  });
});

describe('dead letters', () => {
  it('are listed for admins, with the reader and the reason', async () => {
    const broken = { ...eventOf(LeadScored), leadId: 'no uuid' };
    await publishRaw('leads', broken);
    const { id, at, ...rest } = await eventually(async () => {
      const { body } = await ask('/dead-letters', 'admin');
      expect(body.items).toHaveLength(1);
      return body.items[0];
    });
    expect([id, at]).toEqual([expect.any(String), expect.stringMatching(/Z$/)]);
    expect(rest).toMatchObject({
      topic: 'leads',
      reader: 'live',
      type: 'lead.scored.v1',
      partition: expect.any(Number),
    });
    expect(rest.reason).toContain('/leadId');
    expect((await ask('/dead-letters', 'marketing')).status).toBe(403);
    expect((await ask('/dead-letters?cursor=x', 'admin')).status).toBe(400);
  });
});

/** Publishes an event that breaks its contract. */
const publishRaw = async (topic: string, data: object): Promise<void> => {
  await outbox.commit(() =>
    Promise.resolve({
      messages: [
        {
          topic,
          key: 'k',
          value: JSON.stringify(data),
          headers: {
            ce_specversion: '1.0',
            ce_id: randomUUID(),
            ce_type: 'lead.scored.v1',
            ce_source: '/scoring',
          },
        },
      ],
      result: undefined,
    }),
  );
};
