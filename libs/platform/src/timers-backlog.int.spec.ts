import { BusClient, provisionTopics, topicEnds } from '@baton/bus';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { identityEnvironment } from '@baton/testing/service';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { echo } from '../spec/echo.service.js';
import { createLogger } from './log/logger.js';
import { start, type Running } from './start.js';

const TIMERS = 100_000;
const EVENTS_PER_TIMER = 2;
/** Rows after which the outbox accepts no more, with what was being decided at that moment. */
const MAX_OUTBOX_ROWS = 16;

let db: TestDatabase;
let kafka: TestKafka;
let running: Running | undefined;
/** The only bootstrap address the service has; nothing listens there until `open`. */
let way: { readonly broker: string; open(): Promise<void> };
let server: Server | undefined;

/** A port that leads to the broker once it is opened. */
const closedWayTo = async (broker: string): Promise<typeof way> => {
  const [host, port] = broker.split(':') as [string, string];
  const reserved = createServer().listen(0, '127.0.0.1');
  await once(reserved, 'listening');
  const { port: own } = reserved.address() as AddressInfo;
  await new Promise<void>((resolve) => void reserved.close(() => resolve()));
  const open = async (): Promise<void> => {
    server = createServer((near) => {
      const far = connect(Number(port), host);
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.pipe(far).pipe(near);
    });
    await once(server.listen(own, '127.0.0.1'), 'listening');
  };
  return { broker: `127.0.0.1:${own}`, open };
};

const total = async (sql: string): Promise<number> =>
  Number((await db.database.rows<{ count: string }>(sql))[0]!.count);
const waiting = (): Promise<number> => total('select count(*) from timers');
const outboxRows = (): Promise<number> => total('select count(*) from outbox');

beforeAll(async () => {
  kafka = await testKafka();
  await provisionTopics({
    ...kafka,
    log: await createLogger({ name: 'spec', level: 'silent' }),
    partitions: 2,
  });
  db = await testDatabase({ name: 'scoring', migrations: echo.migrations });
  way = await closedWayTo(kafka.brokers[0]!);
  await db.database.rows(
    `insert into timers (kind, key, due_at)
     select 'echo', gen_random_uuid()::text, now() - interval '1 hour' from generate_series(1, ${TIMERS})`,
  );
});

afterAll(async () => {
  await running?.stop();
  await new Promise<void>((resolve) => (server ? void server.close(() => resolve()) : resolve()));
  await db?.drop();
});

it('timers that are overdue by the hundred thousand wait for a broker that is away, and all fire once when it is back', async () => {
  running = await start(echo, {
    DATABASE_URL: db.url,
    ...identityEnvironment,
    KAFKA_BROKERS: way.broker,
    TOPIC_PREFIX: kafka.topicPrefix,
    LOG_LEVEL: 'silent',
  });
  const management = httpClient(running.managementUrl);
  await eventually(async () => expect(await waiting()).toBeLessThan(TIMERS));
  // Depth is sampled while the loop could go on firing: it must have stopped by itself.
  let before = -1;
  await eventually(
    async () => {
      const now = await waiting();
      const settled = now === before;
      before = now;
      expect(settled).toBe(true);
    },
    { every: 1_000 },
  );
  expect(await outboxRows()).toBeLessThanOrEqual(MAX_OUTBOX_ROWS);
  expect(await waiting()).toBeGreaterThan(TIMERS / 2);
  expect((await management.get('/health/ready')).status).toBe(503);

  await way.open();
  await eventually(async () => expect([await waiting(), await outboxRows()]).toEqual([0, 0]), {
    within: 200_000,
  });
  const client = new BusClient({
    name: 'spec',
    ...kafka,
    log: await createLogger({ name: 'spec', level: 'silent' }),
  });
  expect(await topicEnds(client, ['handoffs'])).toEqual({ handoffs: TIMERS * EVENTS_PER_TIMER });
  await eventually(async () => expect((await management.get('/health/ready')).status).toBe(200));
}, 280_000);
