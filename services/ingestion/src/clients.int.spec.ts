import { TestService, testUser } from '@baton/testing/service';
import { httpClient, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { ingestion } from './ingestion.module.js';

let service: TestService;
let http: HttpClient;
let writeKey: string;

beforeAll(async () => {
  service = await TestService.start(ingestion);
  http = httpClient(service.url);
  const admin = await service.as(testUser('Admin', 'admin'));
  const created = await admin.post('/sources', { id: 'website', name: 'Website' });
  writeKey = (created.body as { writeKey: string }).writeKey;
}, 120_000);

afterAll(() => service?.close());

describe('settings of clients', () => {
  it('are those of the source, with the address that the client used', async () => {
    const { status, headers, body } = await http.get(`/v1/projects/${writeKey}/settings`, {
      origin: 'https://www.engines.example',
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([
      200,
      'https://www.engines.example',
    ]);
    expect(headers.get('cache-control')).toBe('private, max-age=300');
    expect(body.integrations['Segment.io']).toMatchObject({
      apiKey: writeKey,
      apiHost: `${new URL(service.url).host}/v1`,
      protocol: 'http',
    });
  });

  it.each(['/sourceConfig', '/sourceConfig/'])(
    'of RudderStack are at %s, by login or query',
    async (path) => {
      const authorization = `Basic ${btoa(`${writeKey}:`)}`;
      const answers = [
        await http.get(`${path}?p=npm&v=3.34.1&writeKey=${writeKey}`),
        await http.get(path, { authorization }),
      ];
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body.source).toMatchObject({ id: 'website', writeKey, enabled: true });
      }
    },
  );

  it.each([
    ['/v1/projects/wk_nobody/settings', 404],
    ['/v1/projects/__proto__/settings', 404],
    ['/v1/projects/%00/settings', 404],
    ['/sourceConfig?writeKey=wk_nobody', 401],
    ['/sourceConfig/', 401],
  ])('%s of no source is refused with %i, and a page can read that', async (path, status) => {
    const answer = await http.get(path);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, '*']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('cache-control')).not.toContain('max-age=300');
  });
});

describe('reports of metrics of a client', () => {
  it.each(['/v1/m', '/m'])('at %s are dropped, whatever they are, up to a limit', async (path) => {
    const post = async (body: string) =>
      (await http.post(path, body, { 'content-type': 'text/plain' })).status;
    expect(await post('{"series":[]}')).toBe(204);
    expect(await post('no JSON')).toBe(204);
    expect(await post('')).toBe(204);
    expect(await post('x'.repeat(64 * 1024 + 1))).toBe(413);
  });
});

describe('a beacon', () => {
  it('has its write key in the address', async () => {
    const body = JSON.stringify({ batch: [{ type: 'page', anonymousId: 'a-1' }] });
    const send = (query: string) =>
      http.post(`/beacon/v1/batch${query}`, body, { 'content-type': 'text/plain' });
    const [taken, refused] = [await send(`?writeKey=${writeKey}`), await send('')];
    expect([taken.status, refused.status]).toEqual([200, 401]);
    for (const { headers } of [taken, refused])
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});

describe('a body', () => {
  const body = (json: object) => Buffer.from(`\ufeff${JSON.stringify(json)}`, 'utf16le');
  it('may be UTF-16 in gzip that calls itself form data', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
    const batch = [{ type: 'page', userId: 42, context: [], timestamp: '1767603600' }];
    const send = async (json: object) =>
      http.post(`/v1/batch?writeKey=${writeKey}`, new Uint8Array(gzipSync(body(json))), headers);
    expect((await send({ batch, context: [], sentAt: 1_767_603_601 })).status).toBe(200);
    expect(await send({ batch, sentAt: '2026-02-30T00:00:00Z' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/sentAt' }] },
    });
  });
});

describe('a preflight', () => {
  it.each([
    '/v1/t',
    '/v1/m',
    '/m',
    '/beacon/v1/batch',
    '/sourceConfig/',
    '/v1/projects/x/settings',
    '/f/contact',
  ])('of %s allows what the page asks for', async (path) => {
    const preflight = await fetch(new URL(path, service.url), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://www.engines.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,baggage,sentry-trace',
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://www.engines.example',
      'access-control-allow-headers': 'authorization,baggage,sentry-trace',
      vary: expect.stringContaining('access-control-request-headers'),
    });
  });
});
