import type { Running } from '@baton/platform';
import { eventually, httpClient } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { admin, cookieOf, TestGateway } from '../gateway.example.js';
import { OpenStreams } from './open-streams.job.js';

/** The promise of the README, ms. */
const WITHIN = 30_000;
const EMAIL = 'ada@baton.example';

let gateway: TestGateway;
/** Another process on the same database, which has the streams. */
let other: Running;
const readers: IncomingMessage[] = [];

beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  other = await gateway.start();
});
afterEach(async () => {
  readers.splice(0).forEach((reader) => reader.destroy());
  await other.stop();
  await gateway.close();
});
afterAll(() => gateway?.end());

const open = async (headers: Record<string, string>, { reads = true } = {}): Promise<IncomingMessage> => {
  const sent = httpRequest(`${other.url}/api/live`, { headers, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  if (reads) response.resume();
  readers.push(response);
  return response;
};
const ended = (reader: IncomingMessage) =>
  eventually(() => expect(reader.readableEnded || reader.destroyed).toBe(true), { within: WITHIN });
const session = async (): Promise<{ cookie: string }> => cookieOf(await gateway.login(EMAIL));
const sql = (statement: string) => gateway.database.database.rows(statement);
const idOf = async (email: string): Promise<string> =>
  (await gateway.database.database.rows<{ id: string }>('select id from users where email = $1', [email]))[0]!
    .id;

it('more than a hundred live streams are open at the same time, and other requests go on', async () => {
  for (let token = 0; token < 15; token += 1) {
    const { body } = await gateway.client.post(
      '/api/tokens',
      { name: `t${token}`, role: 'viewer', scope: 'read' },
      admin,
    );
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => open({ authorization: `Bearer ${body.token}` })),
    );
    expect(opened.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
  }
  expect((await httpClient(other.url).get('/api/live/status', admin)).status).toBe(200);
  expect((await httpClient(other.url).get('/api/reports/summary', admin)).status).toBe(200);
}, 60_000);

describe('a live stream ends', () => {
  it.each<[string, (cookie: { cookie: string }) => Promise<unknown>]>([
    ['the logout', (cookie) => gateway.client.post('/api/logout', {}, cookie)],
    ['the expiry of its session', () => sql(`update sessions set expires_at = '2026-01-01'`)],
    ['the end of its session by an administrator', () => sql('delete from sessions')],
    ['a change of the role', () => sql(`update users set role = 'viewer'`)],
    ['the removal of its user', () => sql('delete from users')],
  ])(
    'soon after %s in another process, and no other stream does',
    async (_, change) => {
      await gateway.addUser(EMAIL, 'seller');
      const cookie = await session();
      const [reader, programs] = [await open(cookie), await open(admin)];
      expect([reader.statusCode, reader.headers['baton-user']]).toEqual([200, await idOf(EMAIL)]);
      await change(cookie);
      await ended(reader);
      await eventually(() => expect(other.app.get(OpenStreams).size).toBe(1));
      expect(programs.readableEnded).toBe(false);
      expect(gateway.services.reporting.streams.at(-1)?.closed).toBe(false);
    },
    60_000,
  );

  it('soon after the revocation of its API token', async () => {
    const { body } = await gateway.client.post(
      '/api/tokens',
      { name: 'wall', role: 'viewer', scope: 'read' },
      admin,
    );
    const reader = await open({ authorization: `Bearer ${body.token}` });
    await gateway.client.post(`/api/tokens/${body.id}/revoke`, {}, admin);
    await ended(reader);
    expect((await open({ authorization: `Bearer ${body.token}` })).statusCode).toBe(401);
  }, 60_000);
});

describe('a client that does not read', () => {
  it('is disconnected after twenty seconds, and neither a slow nor a quiet one is', async () => {
    const { streams } = gateway.services.reporting;
    const [idle, slow, quiet] = [
      await open(admin, { reads: false }),
      await open(admin, { reads: false }),
      await open(admin, { reads: false }),
    ];
    const [ofIdle, ofSlow, ofQuiet] = streams.slice(-3);
    // More than the buffers of the kernel and of both processes take.
    for (const stream of [ofIdle!, ofSlow!])
      for (let chunk = 0; chunk < 400; chunk += 1) stream.send(`data: ${'x'.repeat(64 * 1024)}\n\n`);
    ofQuiet!.send('data: x\n\n');
    const reading = setInterval(() => slow.read(), 100);
    await eventually(() => expect(ofIdle!.closed).toBe(true), { within: WITHIN });
    clearInterval(reading);
    expect([ofSlow!.closed, ofQuiet!.closed, other.app.get(OpenStreams).size]).toEqual([false, false, 2]);
    idle.resume();
    quiet.resume();
    await ended(idle);
  }, 60_000);
});

describe('the places for live streams', () => {
  it('are ten for each user, and free again when a stream closes', async () => {
    await gateway.addUser(EMAIL, 'seller');
    const cookies = [await session(), await session()];
    const opened = await Promise.all(Array.from({ length: 10 }, (_, i) => open(cookies[i % 2]!)));
    expect(opened.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
    const client = httpClient(other.url);
    const refused = await client.get('/api/live', cookies[0]);
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'too-many',
      '15',
    ]);
    expect((await open(admin)).statusCode).toBe(200);
    expect(gateway.services.reporting.requests).toHaveLength(11);
    opened[0]!.destroy();
    await eventually(() => expect(other.app.get(OpenStreams).size).toBe(10));
    expect((await open(cookies[1]!)).statusCode).toBe(200);
  });

  it('are not taken by requests that do not read the stream', async () => {
    for (let n = 0; n < 11; n += 1) {
      const { status } = await fetch(`${other.url}/api/live`, { method: 'HEAD', headers: admin });
      expect(status).toBe(404);
    }
    expect((await open(admin)).statusCode).toBe(200);
  });

  it('are free again when the service does not respond', async () => {
    const away = await gateway.start({ REPORTING_URL: 'http://127.0.0.1:1' });
    for (let round = 0; round < 12; round += 1)
      expect((await httpClient(away.url).get('/api/live', admin)).status).toBe(503);
    await eventually(() => expect(away.app.get(OpenStreams).size).toBe(0));
    await away.stop();
  });
});
