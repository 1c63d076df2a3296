import { BusClient } from '@baton/bus';
import { createLogger } from '@baton/platform';
import { TestService, testUser } from '@baton/testing/service';
import { httpClient, eventually, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ingestion } from './ingestion.module.js';

/** kafkajs' number for a topic in requests for settings. */
const TOPIC_RESOURCE = 2;
/** As `provisionTopics` sets it. */
const PROVISIONED_BYTES = 2 * 1024 * 1024;

let service: TestService;
let http: HttpClient;
let writeKey: string;

beforeAll(async () => {
  service = await TestService.start(ingestion, { collect: ['activity'], partitions: 2 });
  http = httpClient(service.url);
  const admin = await service.as(testUser('Admin', 'admin'));
  const created = await admin.post('/sources', { id: 'website', name: 'Website' });
  writeKey = (created.body as { writeKey: string }).writeKey;
  await admin.post('/forms', { id: 'contact-sales', sourceId: 'website', name: 'Contact sales' });
}, 120_000);

afterAll(() => service?.close());

/** Sets the largest record batch that the broker takes for the topic. */
const limitTopic = async (bytes: number): Promise<void> => {
  const { KAFKA_BROKERS = '', TOPIC_PREFIX = '' } = service.environment;
  const log = await createLogger({ name: 'spec', level: 'silent' });
  const options = { name: 'spec', brokers: KAFKA_BROKERS.split(','), topicPrefix: TOPIC_PREFIX, log };
  const client = new BusClient(options);
  const admin = client.connect({ retries: 5 }).admin();
  await admin.connect();
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: TOPIC_RESOURCE,
        name: client.physical('activity'),
        configEntries: [{ name: 'max.message.bytes', value: String(bytes) }],
      },
    ],
  });
  await admin.disconnect();
};
const batch = (body: object) => http.post(`/v1/batch?writeKey=${writeKey}`, JSON.stringify(body));
const submit = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  http.post('/f/contact-sales', body, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
/** Resolves when ingestion responds to others as well. */
const isServing = async () => expect((await submit('email=ada%40engines.example')).status).toBe(200);

describe('a batch of 13,000 messages of one person in one allowed request', () => {
  it('is published whole and in order, and no other sender is refused meanwhile', async () => {
    // Every tenth has its place as its name: with all names the request would be larger than allowed.
    const messages = Array.from({ length: 13_000 }, (_, index) =>
      index % 10 === 0
        ? `{"type":"page","anonymousId":"a","name":"${index}"}`
        : '{"type":"page","anonymousId":"a"}',
    );
    let pending = true;
    const large = http
      .post(`/v1/batch?writeKey=${writeKey}`, `{"batch":[${messages.join(',')}]}`)
      .finally(() => (pending = false));
    const others: number[] = [];
    do {
      const { status } = await http.post(`/v1/page?writeKey=${writeKey}`, '{"anonymousId":"b"}');
      others.push(status);
    } while (pending);
    expect((await large).status).toBe(200);
    expect(new Set(others)).toEqual(new Set([200]));
    const names = await eventually(
      () => {
        const ofPerson = service.published.filter(({ data }) => data.identifiers.anonymousId === 'a');
        expect(ofPerson).toHaveLength(13_000);
        return ofPerson.map(({ data }) => data.name as string);
      },
      { within: 60_000 },
    );
    expect(names).toEqual(names.map((_, index) => (index % 10 === 0 ? String(index) : '')));
  });
});

describe('an event that the broker refuses for its size', () => {
  it('is named in the response, and concerns no other sender', async () => {
    await limitTopic(4_000);
    const noise = randomBytes(6_000).toString('base64');
    const large = { type: 'page', anonymousId: 'large', properties: { noise } };
    const small = { type: 'page', anonymousId: 'small' };
    const [answer, ...others] = await Promise.all([
      batch({ batch: [small, small, large] }),
      ...Array.from({ length: 20 }, () => batch({ batch: [small] })),
    ]);
    expect(answer).toMatchObject({ status: 413, body: { errors: [{ pointer: '/batch/2' }] } });
    expect(others.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const alone = await http.post(`/v1/page?writeKey=${writeKey}`, JSON.stringify(large));
    expect(alone).toMatchObject({ status: 413, body: { errors: [{ pointer: '' }] } });
    await limitTopic(PROVISIONED_BYTES);
  });
});

describe('a batch', () => {
  it('of more messages than allowed is refused', async () => {
    const messages = Array.from({ length: 15_001 }, () => ({ type: 'page', userId: 'a' }));
    expect(await batch({ batch: messages })).toMatchObject({
      status: 413,
      body: { errors: [{ pointer: '/batch' }] },
    });
  });
});

describe('a shared context', () => {
  it('counts in the size of each event', async () => {
    const context = { traits: { note: 'x'.repeat(31 * 1024) } };
    const messages = [
      { type: 'page', anonymousId: 'a' },
      { type: 'page', anonymousId: 'a', properties: { text: 'x'.repeat(2_000) } },
    ];
    const answer = await batch({ context, batch: messages });
    expect(answer).toMatchObject({ status: 200, body: { rejected: 1, errors: [{ pointer: '/batch/1' }] } });
  });

  it('is refused when the events of the request become larger than allowed together', async () => {
    const context = { traits: { note: `\u4e2d${'x'.repeat(20_000)}` } };
    const messages = Array.from({ length: 7_000 }, () => ({ type: 'page', anonymousId: 'a' }));
    const answer = await batch({ context, batch: messages });
    expect(answer).toMatchObject({ status: 413, body: { errors: [{ pointer: '/context' }] } });
    await isServing();
  });

  it('is refused when it is nested too deeply', async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const body = `{"context":{"traits":{"company":${deep}}},"batch":[{"type":"page","anonymousId":"a"}]}`;
    expect((await http.post(`/v1/batch?writeKey=${writeKey}`, body)).status).toBe(400);
  });
});

describe('a body', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'zstd'])(
    'with the content encoding %s is refused',
    async (encoding) => {
      const answer = await submit('email=ada%40engines.example', { 'content-encoding': encoding });
      expect(answer.status).toBe(400);
    },
  );

  it.each(['a', '\\u0061'])(
    'with a message of the allowed depth and the text %s is accepted',
    async (text) => {
      const list = '['.repeat(31) + ']'.repeat(31);
      const message = `{"type":"page","anonymousId":"${text}","properties":{"list":${list}}}`;
      const answer = await http.post(`/v1/batch?writeKey=${writeKey}`, `{"batch":[${message}]}`);
      expect(answer.status).toBe(200);
    },
  );

  it('with deep nesting and an escape is refused', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const answer = await http.post(`/v1/track?writeKey=${writeKey}`, `{"a":"\\u0041","b":${deep}}`);
    expect(answer.status).toBe(400);
  });
});

describe('a form with too many fields is refused', () => {
  const repeated = 'a&'.repeat(250_000);
  const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n';

  it.each([
    ['urlencoded', () => submit(repeated)],
    ['compressed', () => submit(new Uint8Array(gzipSync(repeated)), { 'content-encoding': 'gzip' })],
    [
      'JSON',
      () => submit(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [i, 1])))),
    ],
    [
      'multipart',
      () => submit(`${part.repeat(9_000)}--x--`, { 'content-type': 'multipart/form-data; boundary=x' }),
    ],
  ])('as %s', async (_, send) => {
    expect((await send()).status).toBe(413);
    await isServing();
  });

  it('while a repeated field with a list of values is kept', async () => {
    const answer = await submit(`email=list%40engines.example&${'interest[]=a&'.repeat(500)}`);
    expect(answer.status).toBe(200);
    await eventually(() => {
      const [event] = service.published.filter(
        ({ data }) => data.identifiers.email === 'list@engines.example',
      );
      expect(event?.data.properties.interest).toHaveLength(500);
    });
  });
});

describe('a user agent of 30 KB', () => {
  it('is taken by its start', async () => {
    const context = { userAgent: `Mozilla/5.0 ${'x'.repeat(30_000)}` };
    const answer = await batch({ batch: [{ type: 'page', anonymousId: 'long-agent', context }] });
    expect(answer.status).toBe(200);
  });
});
