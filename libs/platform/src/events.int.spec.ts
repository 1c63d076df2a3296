import { provisionTopics } from '@baton/bus';
import { ActivityRecorded } from '@baton/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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
import { echo, receivedIds } from '../spec/echo.service.js';
import { createLogger } from './log/logger.js';
import { start, type Running } from './start.js';

describe('a service that reads, publishes and has timers', () => {
  let db: TestDatabase;
  let kafka: TestKafka;
  let running: Running | undefined;

  const startEcho = (environment: Record<string, string> = {}): Promise<Running> =>
    start(echo, {
      DATABASE_URL: db.url,
      ...identityEnvironment,
      KAFKA_BROKERS: kafka.brokers.join(),
      TOPIC_PREFIX: kafka.topicPrefix,
      LOG_LEVEL: 'silent',
      ...environment,
    });
  const record = async (url: string): Promise<string> => {
    const activity = eventOf(ActivityRecorded, {}, 'activityId');
    const { status } = await httpClient(url).post('/activities', activity);
    expect(status).toBe(202);
    return activity.activityId;
  };

  beforeAll(async () => {
    kafka = await testKafka();
    const log = await createLogger({ name: 'spec', level: 'silent' });
    await provisionTopics({ ...kafka, log, partitions: 2 });
    db = await testDatabase({ name: 'scoring', migrations: echo.migrations });
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  afterAll(() => db?.drop());

  it('processes an event once through request, publisher, consumer, timer, outbox and consumer', async () => {
    running = await startEcho();
    const { url, managementUrl } = running;
    const management = httpClient(managementUrl);
    await eventually(async () => expect((await management.get('/health/ready')).status).toBe(200));
    const ids = [await record(url), await record(url), await record(url)];

    await eventually(async () => expect(await receivedIds(db.database)).toEqual(ids.sort()));
  });

  it('continues at its position after a stop', async () => {
    const before = await receivedIds(db.database);
    running = await startEcho();
    const id = await record(running.url);
    await running.stop();
    running = await startEcho();

    await eventually(async () => expect(await receivedIds(db.database)).toEqual([...before, id].sort()));
  });

  it('rewinds topics that the reader reads, and no others', async () => {
    running = await startEcho();
    const admin = httpClient(running.url).with(bearerOf(testUser('Ada', 'admin'), 'scoring'));
    const rewind = (topic: string) => admin.post('/readers/echo/rewind', { to: 'start', topic });
    expect(await rewind('nope')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/topic' }] } });
    const before = await receivedIds(db.database);
    expect((await rewind('activity')).status).toBe(202);
    await eventually(async () => expect(await receivedIds(db.database)).toEqual(before));
  });

  it('serves without its broker, refuses requests that need it, and is not ready', async () => {
    running = await startEcho({ KAFKA_BROKERS: '127.0.0.1:1' });
    const http = httpClient(running.url);
    const management = httpClient(running.managementUrl);
    const refused = await http.post('/activities', eventOf(ActivityRecorded, {}, 'activityId'));

    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const ready = await management.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: 'not-ready',
      checks: {
        database: { status: 'ok' },
        timers: { status: 'ok', detail: {} },
        publisher: { status: 'failing', reason: 'the broker is away' },
        'reader echo': { status: 'failing', reason: 'joining' },
      },
    });
    expect((await management.get('/health/live')).status).toBe(200);
  });

  it('fails when events can never be read', async () => {
    running = await startEcho({ TOPIC_PREFIX: 'no topic may be called so ' });

    expect(await running.failed).toBe('events cannot be read');
  });
});
