import { BusClient, Outbox, provisionTopics, ReaderRunner, type Handler, type Received } from '@baton/bus';
import { busMigrations } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { createLogger, signIdentity, start, type Role, type Running } from '@baton/platform';
import {
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { ingestion } from './ingestion.module.js';

const SECRET = 'a secret of at least thirty-two characters';
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
  IDENTITY_SECRET: SECRET,
  LOG_LEVEL: 'silent',
});

const as = async (role: Role, client = http): Promise<HttpClient> => {
  const token = await signIdentity(SECRET, { id: randomUUID(), name: 'Somebody', role });
  return client.with({ authorization: `Bearer ${token}` });
};

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
  const admin = await as('admin');
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
    const marketing = await as('marketing');
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
    expect((await (await as('seller')).get('/sources')).status).toBe(403);
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
    ['not JSON', '{"batch": [', 400, []],
    ['empty', '', 400, []],
    ['no batch', {}, 400, ['/batch']],
    [
      'a message of a wrong type',
      { batch: [page('no-1'), { ...page('no-2'), userId: {} }] },
      400,
      ['/batch/1/userId'],
    ],
    [
      'a message without an id of a person',
      { batch: [page('no-3'), { type: 'page' }] },
      400,
      ['/batch/1/userId'],
    ],
    [
      'an unknown kind',
      { batch: [page('no-4'), { ...page('no-5'), type: 'click' }] },
      400,
      ['/batch/1/type'],
    ],
    [
      'a message over 32 KB',
      { batch: [page('no-6'), { ...page('no-7'), properties: tooLong }] },
      413,
      ['/batch/1'],
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

describe('the form endpoint', () => {
  const email = 'ada@engines.example';
  const fill = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    http.post('/f/contact-sales', new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      ...headers,
    });

  it('publishes the form of a page and redirects the visitor', async () => {
    const answer = await fill(
      { email, _id: 'form-1' },
      { referer: 'https://www.engines.example/?utm_campaign=spring' },
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      'https://www.engines.example/thanks',
    ]);
    const [found] = await onTopic('form-1');
    expect(found?.data).toMatchObject({
      sourceId: 'website',
      kind: 'form',
      name: 'contact-sales',
      identifiers: { email },
      campaign: { name: 'spring' },
    });
  });

  it('redirects to a host of the form only if it is allowed', async () => {
    const to = async (_redirect: string) => (await fill({ email, _redirect })).headers.get('location');
    expect(await to('https://shop.engines.example/hello')).toBe('https://shop.engines.example/hello');
    expect(await to('https://evil.example/')).toBe('https://www.engines.example/thanks');
  });

  it('accepts multipart and JSON, and responds to programs in JSON', async () => {
    const form = new FormData();
    form.set('email', email);
    form.append('interest[]', 'pricing');
    form.append('interest[]', 'demo');
    form.set('cv', new Blob(['a file']), 'cv.pdf');
    form.set('_id', 'form-2');
    const multipart = await fetch(`${service.url}/f/contact-sales`, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    expect([multipart.status, await multipart.json()]).toEqual([200, { success: true }]);
    const json = await http.post('/f/contact-sales', { email, employees: 250, _id: 'form-3' });
    expect([json.status, json.body]).toEqual([200, { success: true }]);
    const [second, third] = await onTopic('form-2', 'form-3').then((found) =>
      found.sort((a, b) => (a.data.messageId < b.data.messageId ? -1 : 1)),
    );
    expect(second?.data.properties).toEqual({ interest: ['pricing', 'demo'] });
    expect(third?.data.traits).toEqual({ email, employees: 250 });
  });

  it('refuses unknown forms, forms without an identifier and forms that are too large', async () => {
    expect((await http.post('/f/nobody', { email })).status).toBe(404);
    expect((await fill({ name: 'Ada' })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/email' }],
    });
    expect((await fill({ email: 'ada at engines' })).status).toBe(400);
    expect((await http.post('/f/contact-sales', { email, ...tooLong })).status).toBe(413);
    expect((await http.post('/f/contact-sales', 'x', { 'content-type': 'multipart/form-data' })).status).toBe(
      400,
    );
  });
});
