import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { identifierHashOf, outgoing } from '@baton/bus';
import { LeadErasureRequested } from '@baton/contracts';
import { eventually, httpClient, tablesNaming } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { ingestion } from '../ingestion.module.js';

let app: TestService;

beforeAll(async () => {
  app = await TestService.start(ingestion, { collect: ['erasures'] });
}, 120_000);

afterAll(() => app?.close());

const tables = (text: string): Promise<string[]> =>
  tablesNaming(app.database.database, app.database.schema, [text]);

it('what was received from a person who is erased is in no table; what others sent stays', async () => {
  const [email, other] = ['ada', 'bob'].map((name) => `${name}-${randomUUID()}@engines.example`) as [
    string,
    string,
  ];
  const operations = await app.as(testUser('Marketing', 'marketing'));
  const source = await operations.post('/sources', { id: 'shop', name: 'Shop' });
  const { writeKey } = source.body as { writeKey: string };
  await operations.put('/sources/shop', { name: 'Shop', eventsPerDay: 1, personAgents: [] });
  let sent = 0;
  const send = (path: string, body: object) => {
    sent += 1;
    return httpClient(app.url).post(`${path}?writeKey=${writeKey}`, body);
  };
  const sendRefused = () => send('/v1/batch', { batch: [identify(other), { traits: { email } }] });
  const identify = (address: string) => ({
    type: 'identify',
    userId: address,
    traits: { email: address, name: 'Ada' },
  });
  /** Counts are written with the requests that are kept. */
  const requestsAreWritten = (): Promise<void> =>
    eventually(async () => {
      const [row] = await app.database.database.rows(
        'select sum(requests)::int as written from received_counts',
      );
      expect(row).toEqual({ written: sent });
    });
  // More than the quota of the day: the rest is held. Without a type: refused, and kept to be looked at.
  await eventually(async () => {
    await send('/v1/batch', { batch: [identify(email), identify(other), { traits: { email } }] });
    expect(await tables(email)).toEqual(['held_events', 'refused_messages']);
  });
  expect(await tables(other)).toContain('held_events');

  // Kept in memory until the next write, when the erasure is over.
  const erase = async (blocked: boolean, personalHashes?: readonly string[]): Promise<void> => {
    await send('/v1/identify', identify(email));
    const requestId = randomUUID();
    const request = {
      requestId,
      leadIds: [randomUUID()],
      identifierHashes: [identifierHashOf('email', email)],
      ...(personalHashes && { personalHashes }),
      blocked,
      requestedAt: app.clock.now().toISOString(),
    };
    await app.publish(outgoing(LeadErasureRequested, request, 1), outgoing(LeadErasureRequested, request, 2));
    await eventually(() => expect(app.publishedAbout(`${requestId}/ingestion`)).toHaveLength(1));
    await requestsAreWritten();
    expect(await tables(email)).toEqual(personalHashes ? ['held_events'] : []);
  };
  const isKept = async (): Promise<boolean> => {
    await sendRefused();
    await requestsAreWritten();
    return (await tables(email)).includes('refused_messages');
  };
  await erase(false);
  expect(await tables(other)).toContain('held_events');
  expect(await isKept()).toBe(true);
  // A mailbox that others have, too, blocks nobody.
  await erase(true, []);
  expect(await isKept()).toBe(true);
  await erase(true);
  expect(await isKept()).toBe(false);
  await erase(false);
  expect(await isKept()).toBe(false);
});
