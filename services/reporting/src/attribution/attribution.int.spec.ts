import { provisionTopics } from '@baton/bus';
import { createLogger, start, type Running } from '@baton/platform';
import { httpClient, testDatabase, testKafka, type HttpClient, type TestDatabase } from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reporting } from '../reporting.module.js';
const log = await createLogger({ name: 'spec', level: 'silent' });

let own: TestDatabase;
let service: Running;
let client: HttpClient;

beforeAll(async () => {
  const kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 1 });
  own = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  service = await start(reporting, {
    DATABASE_URL: own.url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    TOPIC_PREFIX: kafka.topicPrefix,
    ...identityEnvironment,
    LOG_LEVEL: 'silent',
  });
  client = httpClient(service.url, bearerOf(testUser('Vera', 'viewer'), 'reporting'));
}, 120_000);

afterAll(async () => {
  await service?.stop();
  await own?.drop();
});

const evaluate = (body: object | string, headers?: Record<string, string>) =>
  client.post('/attribution/evaluate', body, headers);

describe('POST /attribution/evaluate', () => {
  it('answers with the credits of a model, for every role', async () => {
    const paths = [
      { path: ['search', 'email'], conversions: 2, value: 100, nulls: 8 },
      { path: ['email'], conversions: 1, value: 20 },
    ];
    const { status, body } = await evaluate({ model: 'linear', paths });
    expect([status, body]).toEqual([
      200,
      {
        credits: [
          { key: 'email', conversions: 2, value: 70 },
          { key: 'search', conversions: 1, value: 50 },
        ],
      },
    ]);
    const markov = await evaluate({ model: 'markov', options: { order: 2 }, paths });
    expect(markov.body.credits).toEqual([
      { key: 'email', conversions: 1.8, value: 72 },
      { key: 'search', conversions: 1.2, value: 48 },
    ]);
    expect(
      (await httpClient(service.url).post('/attribution/evaluate', { model: 'linear', paths })).status,
    ).toBe(401);
  });

  it('names what is wrong in the request', async () => {
    const good = { path: ['a'], conversions: 1 };
    const { status, headers, body } = await evaluate({
      model: 'first',
      paths: [good, good, good, { path: [], conversions: -1 }],
    });
    expect([status, headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(body).toMatchObject({
      code: 'invalid',
      detail: expect.stringMatching(
        /^`paths\[3\]\.path` must be a list of at least one key.* 1 more: see `errors`\.$/,
      ),
      errors: [{ pointer: '/paths/3/path' }, { pointer: '/paths/3/conversions' }],
    });
  });

  it.each<[string, object | string]>([
    ['a list', []],
    ['text', '"markov"'],
    ['null', 'null'],
    ['nothing', ''],
    ['another type', 'a > b,1'],
    ['nesting', `{"model":"first","paths":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['a number too large for a double', '{"model":"first","paths":[{"path":["a"],"conversions":1e999}]}'],
  ])('refuses %s as its body', async (_, body) => {
    const answer = await evaluate(body, { 'content-type': 'application/json' });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });

  it.each<[string, string]>([
    ['nested lists', `${'['.repeat(8_000_000)}${']'.repeat(8_000_000)}`],
    ['objects', `[${'{},'.repeat(5_000_000)}{}]`],
  ])('refuses millions of %s before they are parsed', async (_, body) => {
    const answer = await evaluate(body, { 'content-type': 'application/json' });
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
    expect(answer.body.detail).toContain('objects and lists');
  });

  it('refuses a body over 16 MiB', async () => {
    const body = `"${'x'.repeat(17_000_000)}"`;
    expect((await evaluate(body, { 'content-type': 'application/json' })).status).toBe(413);
  });

  it('says which chain is too large', async () => {
    const paths = Array.from({ length: 1_001 }, (_, i) => ({ path: [`k${i}`], conversions: 1 }));
    const { status, body } = await evaluate({ model: 'markov', paths });
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: '/paths', detail: 'have more than 1000 distinct keys' }],
    ]);
  });

  it('takes 100,000 paths, and answers others meanwhile', async () => {
    const paths = Array.from({ length: 100_000 }, (_, i) => ({
      path: Array.from({ length: 1 + (i % 7) }, (_, j) => `channel-${(i * (j + 3) * 7919) % 199}`),
      conversions: i % 3,
      nulls: 1,
    }));
    const body = JSON.stringify({ model: 'markov', paths });
    const large = evaluate(body, { 'content-type': 'application/json' });
    let pending = true;
    void large.finally(() => (pending = false));
    let others = 0;
    for (; pending; others += 1)
      expect((await evaluate({ model: 'last', paths: paths.slice(0, 1) })).status).toBe(200);
    const { status, body: answer } = await large;
    expect([status, answer.credits.length]).toEqual([200, 199]);
    const sum = answer.credits.reduce(
      (so: number, { conversions }: any) => so + Math.round(conversions * 1e6),
      0,
    );
    expect(sum).toBe(paths.reduce((so, { conversions }) => so + conversions, 0) * 1e6);
    expect(others).toBeGreaterThan(3);
  });

  it('runs three at a time; more are told to wait', async () => {
    const long = Array.from({ length: 50_000 }, (_, i) => ({
      path: [`k${i % 900}`, `k${(i * 7) % 900}`],
      conversions: 1,
    }));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => evaluate({ model: 'markov', paths: long })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(answers.find(({ status }) => status === 429)!.headers.get('retry-after')).toBe('2');
    expect((await evaluate({ model: 'first', paths: long })).status).toBe(200);
  });
});
