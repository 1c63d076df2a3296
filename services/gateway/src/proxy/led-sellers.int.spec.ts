import { randomUUID } from 'node:crypto';
import type { Running } from '@baton/platform';
import { eventually, httpClient } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cookieOf, identitiesFor, TestGateway } from '../gateway.example.js';

/** The promise of the README, ms. */
const WITHIN = 30_000;
const [sam, ann] = [randomUUID(), randomUUID()];

let gateway: TestGateway;
let other: Running;
let manager: { cookie: string };
const streams: AbortController[] = [];

beforeAll(async () => {
  gateway = await TestGateway.prepare();
  await gateway.open();
  other = await gateway.start();
  await gateway.addUser('mia@baton.example', 'manager');
  await gateway.addUser('sam@baton.example', 'seller');
  manager = cookieOf(await gateway.login('mia@baton.example'));
}, 120_000);
beforeEach(() => {
  gateway.services.routing.led = [sam];
});
afterAll(async () => {
  streams.forEach((stream) => stream.abort());
  await other?.stop();
  await gateway?.close();
  await gateway?.end();
});

const leadsAt = async (url: string, path: string): Promise<unknown> => {
  const { status } = await httpClient(url).get(path, manager);
  if (status === 503) return status;
  const service = path === '/api/leads/1' ? 'scoring' : 'reporting';
  const token = String(gateway.services[service].last.headers['authorization']).replace('Bearer ', '');
  return identitiesFor(service).userIn(token)!.leads;
};
const everywhere = (): Promise<unknown[]> =>
  Promise.all([leadsAt(gateway.running.url, '/api/leads/1'), leadsAt(other.url, '/api/reports/leads')]);

const openStream = async (url: string, headers: Record<string, string>): Promise<{ ended: boolean }> => {
  const abort = new AbortController();
  streams.push(abort);
  const response = await fetch(`${url}/api/live`, { headers, signal: abort.signal });
  const stream = { ended: false };
  const end = () => (stream.ended = true);
  response.text().then(end, end);
  return stream;
};

describe('whose leads a manager sees', () => {
  it('is said by their identity, and follows the teams in both processes, streams included', async () => {
    expect(await everywhere()).toEqual([[sam], [sam]]);
    const seller = cookieOf(await gateway.login('sam@baton.example'));
    const urls = [gateway.running.url, other.url];
    const [first, second, sellers] = [
      await openStream(urls[0]!, manager),
      await openStream(urls[1]!, manager),
      await openStream(urls[0]!, seller),
    ];
    gateway.services.routing.led = [sam, ann];
    await eventually(
      async () =>
        expect(await everywhere()).toEqual([
          [sam, ann],
          [sam, ann],
        ]),
      { within: WITHIN },
    );
    await eventually(() => expect([first, second].map(({ ended }) => ended)).toEqual([true, true]), {
      within: WITHIN,
    });
    expect(sellers.ended).toBe(false);
    const again = await openStream(urls[0]!, manager);
    gateway.services.routing.led = 'all';
    await eventually(async () => expect(await everywhere()).toEqual(['all', 'all']), { within: WITHIN });
    await eventually(() => expect(again.ended).toBe(true), { within: WITHIN });
  }, 150_000);

  it('stays as it was while routing does not respond; a process that was never told refuses', async () => {
    await eventually(async () => expect(await everywhere()).toEqual([[sam], [sam]]), { within: WITHIN });
    gateway.services.routing.led = 'away';
    const third = await gateway.start();
    expect(await leadsAt(third.url, '/api/leads/1')).toBe(503);
    expect(await leadsAt(third.url, '/api/live')).toBe(503);
    // Routing knows the teams itself.
    expect((await httpClient(third.url).get('/api/handoffs', manager)).status).toBe(409);
    expect(await everywhere()).toEqual([[sam], [sam]]);
    await third.stop();
  }, 60_000);
});
