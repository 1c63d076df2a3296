import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { identifierHashOf, outgoing } from '@baton/bus';
import { LeadErasureRequested, type ActivityRecordedV1 } from '@baton/contracts';
import { eventually, httpClient, tablesNaming } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { ingestion } from '../ingestion.module.js';

let app: TestService;

beforeAll(async () => {
  app = await TestService.start(ingestion, { collect: ['erasures', 'activity'] });
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

it('what is kept of a person who is erased is not published later, and is counted', async () => {
  const marketing = await app.as(testUser('Marketing', 'marketing'));
  const setQuota = (eventsPerDay: number | null) =>
    marketing.put('/sources/fair', { name: 'Fair', eventsPerDay, personAgents: [] });
  const source = await marketing.post('/sources', { id: 'fair', name: 'Fair' });
  const { writeKey } = source.body as { writeKey: string };
  const people = ['blocked', 'erased', 'other', 'robot'];
  const [blocked, erased, other, robot] = people.map((name) => `${name}-${randomUUID()}@engines.example`);
  const send = (email: string | undefined, traits = {}, headers = {}) =>
    httpClient(app.url).post(
      `/v1/identify?writeKey=${writeKey}`,
      { userId: email, traits: { email, ...traits } },
      headers,
    );
  const erase = async (email: string | undefined, block: boolean): Promise<void> => {
    const hashes = [identifierHashOf('email', email!), identifierHashOf('user', email!)];
    const request = {
      requestId: randomUUID(),
      leadIds: [randomUUID()],
      identifierHashes: [...hashes, identifierHashOf('phone', '+4915112345678')],
      personalHashes: hashes,
      blocked: block,
      requestedAt: app.clock.now().toISOString(),
    };
    await app.publish(outgoing(LeadErasureRequested, request, 1));
    await eventually(() => expect(app.publishedAbout(`${request.requestId}/ingestion`)).toHaveLength(1));
  };
  const publishedOf = (email: string | undefined) =>
    app.published.filter(
      ({ data }) => (data as Partial<ActivityRecordedV1>).identifiers?.email === email && email !== undefined,
    );

  // A person's event, by a program that is taken for a robot: kept, to be published again.
  await send(robot, {}, { 'user-agent': 'AcmeBot/2.1' });
  const kept = await eventually(async () => {
    const { body } = await marketing.get('/sources/fair/requests');
    expect(body[0]).toMatchObject({ flagged: 1 });
    return body[0] as { id: string };
  });
  // As when the person is erased after the request was read, and before it is published.
  await app.database.database.rows(
    'insert into erased_identifiers (hash, blocked, personal, erased_at) values ($1, true, true, now())',
    [identifierHashOf('email', robot!)],
  );
  const corrected = await marketing.post(`/sources/fair/requests/${kept.id}/person`, { entry: 0 });
  expect(corrected.status).toBe(404);
  expect(publishedOf(robot)).toHaveLength(1);

  await setQuota(1);
  const { database } = app.database;
  const isHeld = (email: string | undefined) =>
    eventually(async () =>
      expect(
        await database.rows('select from held_events where activity like $1', [`%${email}%`]),
      ).not.toEqual([]),
    );
  await send(erased);
  await isHeld(erased);
  // As when it waits in memory to be held while the person is erased.
  const late = await database.rows(
    'select source_id, received_at, activity from held_events where activity like $1',
    [`%${erased}%`],
  );
  await erase(erased, false);
  await database.rows(
    'insert into held_events (source_id, received_at, activity) select source_id, received_at, activity from jsonb_to_recordset($1) as late(source_id text, received_at timestamptz, activity text)',
    [JSON.stringify(late)],
  );
  await erase(blocked, true);
  await send(blocked);
  // Of the number that both had, and with a blocked person in what it says.
  await send(other, { phone: '+49 151 1234-5678', referredBy: blocked });
  await isHeld(`userId":"${blocked}`);
  await isHeld(other);
  await setQuota(null);
  await eventually(async () => {
    const { body } = await marketing.get('/sources/fair/activity');
    expect(body).toMatchObject({ heldEvents: 0, acceptedEvents: 2, erasedEvents: 2 });
  });
  await eventually(() => expect(publishedOf(other)).toHaveLength(1));
  expect(publishedOf(blocked)).toEqual([]);
  expect(publishedOf(erased)).toEqual([]);
});
