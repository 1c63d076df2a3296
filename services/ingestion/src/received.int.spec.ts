import { TestService, testUser } from '@baton/testing/service';
import { eventually, httpClient, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ingestion } from './ingestion.module.js';
import type { SourceActivityResponse } from './received/received.http.js';

const ROBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const email = 'ada@engines.example';

let service: TestService;
let http: HttpClient;
const keys = new Map<string, string>();
/** Signed in anew for each call: identities end after a minute. */
const marketing = (): Promise<HttpClient> => service.as(testUser('Marketing', 'marketing'));

const makeSource = async (id: string): Promise<void> => {
  const { body } = await (await marketing()).post('/sources', { id, name: id });
  keys.set(id, (body as { writeKey: string }).writeKey);
};
const setQuota = async (id: string, eventsPerDay: number | null) =>
  (await marketing()).put(`/sources/${id}`, { name: id, eventsPerDay, personAgents: [] });
const send = (source: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  http.post(`${path}?writeKey=${keys.get(source)}`, typeof body === 'string' ? body : JSON.stringify(body), {
    ...headers,
  });
const activityOf = async (source: string) =>
  (await (await marketing()).get(`/sources/${source}/activity`)).body as SourceActivityResponse;
/** The counts once they say that `requests` were received. */
const countsAfter = (source: string, requests: number) =>
  eventually(async () => {
    const counts = await activityOf(source);
    expect(counts.requests).toBe(requests);
    return counts;
  });
const onTopic = (source: string) => service.published.filter(({ data }) => data.sourceId === source);

beforeAll(async () => {
  service = await TestService.start(ingestion, {
    collect: ['activity'],
    partitions: 2,
    environment: { LIMIT_PER_FORM: '20' },
  });
  http = httpClient(service.url);
  for (const id of ['website', 'shop', 'relay', 'busy']) await makeSource(id);
  await (await marketing()).post('/forms', { id: 'ask-us', sourceId: 'website', name: 'Ask us' });
  await (await marketing()).post('/forms', { id: 'limited', sourceId: 'busy', name: 'Limited' });
}, 120_000);

afterAll(() => service?.close());

describe('the counts of a source', () => {
  it('add up, and its accepted events are those on the topic', async () => {
    const page = { type: 'page', anonymousId: 'a-1' };
    const statuses = [
      await send('website', '/v1/page', page),
      await send('website', '/v1/page', { ...page, context: { userAgent: ROBOT } }),
      await send('website', '/v1/batch', { batch: [page, { type: 'track', userId: 'u' }, page] }),
      await send('website', '/v1/batch', { batch: [{}, {}] }),
      await send('website', '/v1/track', {}),
      await send('website', '/v1/page', '{"cut'),
      await send('website', '/v1/page', 'x'.repeat(600_000)),
      await send('website', '/v1/page', '{}', { 'content-encoding': 'constructor' }),
      await http.post('/f/ask-us', { email }),
      await http.post('/f/ask-us', { email: 'ada at engines' }),
      await http.get('/f/ask-us'),
      await http.post('/f/ask-us', 'x', { 'content-type': 'multipart/form-data' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 400, 400, 400, 413, 400, 200, 400, 400, 400]);
    const counts = await countsAfter('website', statuses.length);
    expect(counts).toMatchObject({
      acceptedRequests: 4,
      refusedRequests: 8,
      limitedRequests: 0,
      failedRequests: 0,
      acceptedEvents: 5,
      refusedEvents: 1,
      flaggedEvents: 1,
      heldEvents: 0,
    });
    expect(counts.lastEventAt).not.toBeNull();
    await eventually(() => expect(onTopic('website')).toHaveLength(5));
  });

  it('count what a limit refused, with the headers of the limit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => http.post('/f/limited', { email: `lead${i}@engines.example` })),
    );
    const limited = answers.filter(({ status }) => status === 429);
    for (const { headers } of limited) {
      expect(headers.get('ratelimit-policy')).toBe('"form";q=20;w=10');
      expect(headers.get('ratelimit')).toBe(`"form";r=0;t=${headers.get('retry-after')}`);
    }
    expect(limited.length).toBeGreaterThan(0);
    const counts = await countsAfter('busy', 50);
    expect(counts).toMatchObject({
      acceptedRequests: 50 - limited.length,
      limitedRequests: limited.length,
      acceptedEvents: 50 - limited.length,
    });
    expect(Number(limited[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    const taken = answers.find(({ status }) => status === 200)!;
    expect(taken.headers.get('ratelimit')).toMatch(/^"form";r=\d+;t=\d+$/);
    expect(taken.headers.get('ratelimit-policy')).toBe('"form";q=20;w=10');
    await eventually(() => expect(onTopic('busy')).toHaveLength(50 - limited.length));
  });
});

describe('events over the quota of a source', () => {
  it('are held, and published when there is room', async () => {
    expect((await setQuota('shop', 10)).status).toBe(204);
    const batch = (from: number, count: number) => ({
      batch: Array.from({ length: count }, (_, i) => ({
        type: 'page',
        anonymousId: 'a-1',
        messageId: `m-${from + i}`,
      })),
    });
    expect((await send('shop', '/v1/batch', batch(0, 8))).status).toBe(200);
    expect((await send('shop', '/v1/batch', batch(8, 7))).status).toBe(200);
    await eventually(async () => {
      const counts = await activityOf('shop');
      // The rest of today's quota is used for the oldest of them.
      expect(counts).toMatchObject({ requests: 2, acceptedEvents: 10, heldEvents: 5 });
    });
    await eventually(() => expect(onTopic('shop')).toHaveLength(10));
    expect((await setQuota('shop', null)).status).toBe(204);
    await eventually(async () => {
      expect(await activityOf('shop')).toMatchObject({ acceptedEvents: 15, heldEvents: 0 });
      expect(onTopic('shop')).toHaveLength(15);
    });
    const ids = onTopic('shop').map(({ data }) => data.messageId as string);
    expect(new Set(ids).size).toBe(15);
  });
});

describe('the last requests of a source', () => {
  it('show what was understood, refused and flagged, and why', async () => {
    await http.post('/f/ask-us', { 'your-email': email, newsletter: 'weekly', shoe_size: '39' });
    const requests = await eventually(async () => {
      const { body } = await (await marketing()).get('/sources/website/requests');
      expect(body[0].entries[0].fields).toHaveLength(3);
      return body as any[];
    });
    expect(requests[0].entries[0]).toMatchObject({
      activity: { kind: 'form', identifiers: { email } },
      fields: [
        { field: 'your-email', target: 'email' },
        { field: 'newsletter', target: 'marketingConsent' },
        { field: 'shoe_size', target: 'property' },
      ],
      notes: ['The answer to "newsletter" was not understood: no consent was recorded.'],
    });
    const { body: notable } = await (await marketing()).get('/sources/website/requests?show=notable');
    expect(notable.every((each: any) => each.refused + each.flagged > 0 || each.status >= 400)).toBe(true);
    const refused = (await (await marketing()).get('/sources/website/refused')).body.items;
    expect(refused).toMatchObject([
      { pointer: '/batch/1/event', message: '{"type":"track","userId":"u"}', endpoint: '/v1/batch' },
    ]);
  });

  it('are a hundred at most', async () => {
    for (let i = 0; i < 4; i += 1) {
      await Promise.all(Array.from({ length: 60 }, () => send('relay', '/v1/page', { anonymousId: 'a-1' })));
      await countsAfter('relay', (i + 1) * 60);
    }
    const { body } = await (await marketing()).get('/sources/relay/requests');
    expect(body.length).toBeLessThanOrEqual(100);
    expect(body.length).toBeGreaterThan(0);
  });

  it('let an event of a robot be a person’s, and those of its program from then on', async () => {
    const form = () =>
      http.post('/f/ask-us', { email: 'eda@engines.example' }, { 'user-agent': 'AcmeBot/2.1' });
    await form();
    const flagged = await eventually(async () => {
      const { body } = await (await marketing()).get('/sources/website/requests');
      expect(body[0]).toMatchObject({
        userAgent: 'AcmeBot/2.1',
        flagged: 1,
        entries: [{ robot: 'program' }],
      });
      return body[0] as { id: string };
    });
    const path = `/sources/website/requests/${flagged.id}/person`;
    const corrected = await (await marketing()).post(path, { entry: 0, always: true });
    expect(corrected.status).toBe(200);
    await eventually(() => {
      const { activityId } = corrected.body as { activityId: string };
      expect(onTopic('website').find(({ data }) => data.activityId === activityId)?.data).toMatchObject({
        bot: false,
        identifiers: { email: 'eda@engines.example' },
      });
    });
    for (const _again of [1, 2]) {
      await (await marketing()).post(path, { entry: 0 });
      const { body } = await (await marketing()).get('/sources/website/requests');
      expect(body.find((each: { id: string }) => each.id === flagged.id)).toMatchObject({
        flagged: 0,
        entries: [{ personActivityId: corrected.body.activityId }],
      });
    }
    await http.post('/f/ask-us', { email: 'fay@engines.example' }, { 'user-agent': 'AcmeBot/2.2' });
    await eventually(() => {
      const last = onTopic('website').at(-1);
      expect(last?.data).toMatchObject({ bot: false, identifiers: { email: 'fay@engines.example' } });
    });
    expect((await (await marketing()).post(path, { entry: 5 })).status).toBe(404);
    expect((await (await marketing()).post('/sources/website/requests/x/person', { entry: 0 })).status).toBe(
      404,
    );
  });

  it.each([
    ['honeypot', () => http.post('/f/ask-us', { email: 'gus@engines.example', _gotcha: 'x' })],
    ['prefetch', () => http.get('/f/ask-us?email=hal@engines.example', { 'sec-purpose': 'prefetch' })],
    ['browser', () => send('website', '/v1/page', { anonymousId: 'r', context: { userAgent: ROBOT } })],
    ['program', () => send('website', '/v1/page', { anonymousId: 'r' }, { 'user-agent': ROBOT })],
  ])('say why an event was flagged as a robot’s: %s', async (robot, request) => {
    expect((await request()).status).toBe(200);
    await eventually(async () => {
      const { body } = await (await marketing()).get('/sources/website/requests');
      expect(body[0]).toMatchObject({ flagged: 1, entries: [{ robot }] });
    });
  });

  it('are shown to nobody else', async () => {
    const seller = await service.as(testUser('Seller', 'seller'));
    for (const path of ['activity', 'requests', 'refused'])
      expect((await seller.get(`/sources/website/${path}`)).status).toBe(403);
    expect((await (await marketing()).get('/sources/nobody/requests')).status).toBe(404);
    expect((await (await marketing()).get('/sources/nobody/activity')).status).toBe(404);
  });
});
