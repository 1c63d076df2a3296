import { BusClient, Outbox, provisionTopics, ReaderRunner, type Handler, type Received } from '@baton/bus';
import { busMigrations } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { createLogger, start, type Role, type Running } from '@baton/platform';
import {
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { ingestion } from './ingestion.module.js';

const log = await createLogger({ name: 'spec', level: 'silent' });

let kafka: TestKafka;
let own: TestDatabase;
let readers: TestDatabase;
let service: Running;
let http: HttpClient;
let runner: ReaderRunner;
let writeKey: string;
const read: Received<ActivityRecordedV1>[] = [];

const environment = (database: TestDatabase, brokers = kafka.brokers) => ({
  DATABASE_URL: database.url,
  KAFKA_BROKERS: brokers.join(','),
  TOPIC_PREFIX: kafka.topicPrefix,
  ...identityEnvironment,
  LOG_LEVEL: 'silent',
});

const as = (role: Role, client = http): HttpClient =>
  client.with(bearerOf(testUser('Somebody', role), 'ingestion'));

/** Everything that is on the topic of these messages, once the last of them has arrived. */
const onTopic = (...messageIds: string[]) =>
  eventually(() => {
    const found = read.filter(({ data }) => messageIds.includes(data.messageId));
    expect(found.map(({ data }) => data.messageId).sort()).toEqual([...messageIds].sort());
    return found;
  });

beforeAll(async () => {
  kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 2 });
  own = await testDatabase({ name: 'ingestion', migrations: ingestion.migrations });
  readers = await testDatabase({ name: 'scoring', migrations: busMigrations });
  service = await start(ingestion, environment(own));
  http = httpClient(service.url);
  const reader: Handler = {
    events: [ActivityRecorded],
    handle: (batch) => {
      read.push(...batch);
      return Promise.resolve([]);
    },
  };
  const client = new BusClient({ name: 'scoring', ...kafka, log });
  const outbox = new Outbox(client, readers.database);
  runner = new ReaderRunner({
    client,
    outbox,
    database: readers.database,
    reader: { name: 'all', handlers: [reader] },
    batchSize: 500,
    onFatal: () => undefined,
  });
  await runner.start();
  const admin = as('admin');
  const created = await admin.post('/sources', { id: 'website', name: 'Website' });
  writeKey = (created.body as { writeKey: string }).writeKey;
  await admin.post('/forms', {
    id: 'contact-sales',
    sourceId: 'website',
    name: 'Contact sales',
    redirectTo: 'https://www.engines.example/thanks',
    allowedRedirects: ['shop.engines.example'],
  });
}, 120_000);

afterAll(async () => {
  await runner?.stop();
  await service?.stop();
  await Promise.all([own?.drop(), readers?.drop()]);
});

const basic = () => ({ authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` });
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  http.post(path, typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': 'application/json',
    ...basic(),
    ...headers,
  });
const page = (messageId: string) => ({ type: 'page', anonymousId: 'a-1', messageId });
const tooLong = { text: 'x'.repeat(33 * 1024) };

describe('sources and forms', () => {
  it('are created by marketing and admins, listed, and created once', async () => {
    const marketing = as('marketing');
    const created = await marketing.post('/sources', { id: 'shop', name: 'Shop' });
    expect(created).toMatchObject({
      status: 201,
      body: { id: 'shop', writeKey: expect.stringMatching(/^wk_.{32}$/) },
    });
    expect((await marketing.post('/sources', { id: 'shop', name: 'Shop' })).status).toBe(409);
    expect((await marketing.get('/sources')).body).toMatchObject({
      items: [
        { id: 'shop', name: 'Shop' },
        { id: 'website', name: 'Website' },
      ],
      next: null,
    });
    const form = await marketing.post('/forms', { sourceId: 'shop', name: 'Newsletter' });
    expect(form).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^form-/) } });
    expect((await marketing.get('/forms')).body.items).toHaveLength(2);
    expect((await marketing.post('/forms', { sourceId: 'nobody', name: 'x' })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/sourceId' }],
    });
    expect(
      (await marketing.post('/forms', { sourceId: 'shop', name: 'x', redirectTo: 'javascript:alert(1)' }))
        .status,
    ).toBe(400);
  });

  it('are forbidden to other roles', async () => {
    expect((await http.post('/sources', { id: 'x', name: 'x' })).status).toBe(401);
    expect((await as('seller').get('/sources')).status).toBe(403);
  });

  it('store no write key in plain text', async () => {
    const rows = await own.database.rows('select * from write_keys');
    expect(JSON.stringify(rows)).not.toContain(writeKey);
  });
});

describe('the Segment endpoints', () => {
  it('publishes single events of every kind before it responds', async () => {
    const bodies = {
      track: { event: 'Signed Up' },
      identify: { traits: { email: 'ada@engines.example' } },
      page: { name: 'Pricing' },
      screen: { name: 'Home' },
      group: { groupId: 'g-1' },
      alias: { previousId: 'a-1' },
    };
    for (const [kind, body] of Object.entries(bodies)) {
      for (const path of [kind, kind.charAt(0)]) {
        const answer = await send(`/v1/${path}`, { ...body, userId: 'u-1', messageId: `single-${path}` });
        expect([path, answer.status, answer.body]).toEqual([path, 200, { success: true }]);
      }
    }
    const found = await onTopic(
      ...Object.keys(bodies).flatMap((kind) => [`single-${kind}`, `single-${kind.charAt(0)}`]),
    );
    expect(found.find(({ data }) => data.messageId === 'single-track')).toMatchObject({
      source: '/ingestion',
      data: { sourceId: 'website', kind: 'track', name: 'Signed Up' },
    });
  });

  it('accepts the write key in login, body or query, and JSON of any content type', async () => {
    const anonymous = (path: string, body: object, type: string) =>
      http.post(path, JSON.stringify(body), { 'content-type': type });
    const answers = await Promise.all([
      send('/v1/page', page('key-1'), { 'content-type': 'text/plain' }),
      anonymous('/v1/page', { ...page('key-2'), writeKey }, 'application/x-www-form-urlencoded'),
      anonymous(`/v1/p?writeKey=${writeKey}`, page('key-3'), 'text/plain;charset=UTF-8'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await onTopic('key-1', 'key-2', 'key-3');
  });

  it('decompresses gzip up to the limit', async () => {
    const post = (plain: string) =>
      fetch(`${service.url}/v1/batch`, {
        method: 'POST',
        headers: {
          ...basic(),
          'content-encoding': 'gzip',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new Uint8Array(gzipSync(plain)),
      });
    expect((await post(JSON.stringify({ batch: [page('zip-1')] }))).status).toBe(200);
    await onTopic('zip-1');
    expect((await post(' '.repeat(5_000_000))).status).toBe(413);
    const broken = await http.post('/v1/batch', 'not compressed', { ...basic(), 'content-encoding': 'gzip' });
    expect(broken.status).toBe(400);
  });

  it('publishes a whole batch with its trace, on all its paths', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    for (const path of ['batch', 'b', 'import']) {
      const batch = [page(`${path}-1`), page(`${path}-2`)];
      const answer = await send(
        `/v1/${path}`,
        { batch },
        { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      );
      expect(answer.status).toBe(200);
    }
    const found = await onTopic('batch-1', 'batch-2', 'b-1', 'b-2', 'import-1', 'import-2');
    expect(found.map(({ traceparent = '' }) => traceparent.split('-')[1])).toEqual(Array(6).fill(traceId));
  });

  it('gives repeated messages the same id', async () => {
    for (let time = 0; time < 10; time += 1) await send('/v1/page', page('again'));
    const found = await eventually(() => {
      const all = read.filter(({ data }) => data.messageId === 'again');
      expect(all).toHaveLength(10);
      return all;
    });
    expect(new Set(found.map(({ data }) => data.activityId)).size).toBe(1);
  });

  it('removes text that PostgreSQL cannot store', async () => {
    await send(
      '/v1/page',
      String.raw`{"anonymousId":"a-1","messageId":"clean","properties":{"a\u0000":"\ud83d"}}`,
    );
    const [found] = await onTopic('clean');
    expect(found?.data.properties).toEqual({ a: '\ufffd' });
  });

  it.each<[string, unknown, number, string[]]>([
    ['not JSON', '{"batch": [', 400, ['']],
    ['empty', '', 400, ['']],
    ['no batch', {}, 400, ['/batch']],
    [
      'messages that are all faulty',
      {
        batch: [
          { ...page('no-1'), userId: {} },
          { ...page('no-2'), type: 'click' },
        ],
      },
      400,
      ['/batch/0/userId', '/batch/1/type'],
    ],
    [
      'over 500 KB',
      { batch: Array(5_000).fill({ ...page('no-8'), properties: { text: 'x'.repeat(100) } }) },
      413,
      [],
    ],
  ])('refuses a batch that is %s, and takes nothing of it', async (what, body, status, pointers) => {
    const answer = await send('/v1/batch', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const { errors = [] } = answer.body as { errors?: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
    // Whatever is sent after it is on the topic; nothing of what was refused is.
    await send('/v1/page', page(`after ${what}`));
    await eventually(() => expect(read.at(-1)?.data.messageId).toBe(`after ${what}`));
    expect(read.filter(({ data }) => data.messageId.startsWith('no-'))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['of a wrong type', { ...page('no-3'), userId: {} }, '/userId'],
    ['without an id of a person', { type: 'page' }, '/userId'],
    ['of an unknown kind', { ...page('no-4'), type: 'click' }, '/type'],
    ['without its event', { type: 'track', userId: 'u-1' }, '/event'],
    ['over 32 KB', { ...page('no-5'), properties: tooLong }, ''],
    ['that is no object', 17, ''],
    ['with an impossible time', { ...page('no-6'), timestamp: '2026-02-30T09:00:00Z' }, '/timestamp'],
  ])('takes the messages of a batch around one %s, and names that one', async (what, message, pointer) => {
    const [before, after] = [`before ${what}`, `after ${what}`];
    const answer = await send('/v1/batch', { batch: [page(before), message, page(after)] });
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, rejected: 1, errors: [{ pointer: `/batch/1${pointer}` }] },
    });
    await onTopic(before, after);
    expect(read.filter(({ data }) => data.messageId.startsWith('no-'))).toEqual([]);
  });

  it('refuses requests without a valid write key', async () => {
    const body = JSON.stringify(page('unknown'));
    expect((await http.post('/v1/page', body)).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect((await http.post('/v1/page?writeKey=wk_nobody', body)).status).toBe(401);
  });

  it('accepts posts of pages of any origin', async () => {
    const preflight = await fetch(`${service.url}/v1/t`, {
      method: 'OPTIONS',
      headers: { origin: 'https://www.engines.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://www.engines.example');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const refused = await http.post('/v1/t', '{}');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});
