import { outgoing, type Outgoing } from '@baton/bus';
import { LeadCreated, LeadScored, LeadStageChanged } from '@baton/contracts';
import type { Running } from '@baton/platform';
import { eventOf, eventually, httpClient, received } from '@baton/testing';
import { bearerOf, TestService, testUser } from '@baton/testing/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reporting } from '../reporting.module.js';
import { LeadSellersStore } from './lead-sellers.store.js';
import { LEAD_EVENTS } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';
import { OnLeadLiveFeed } from './on-lead-live-feed.js';
import { SseClient } from './sse-client.example.js';

let service: TestService;
let other: Running;
let store: LiveEventStore;
const clients: SseClient[] = [];

beforeAll(async () => {
  service = await TestService.start(reporting, { partitions: 4 });
  other = await service.startAnother();
  store = new LiveEventStore(service.database.database);
}, 120_000);
afterEach(() => clients.splice(0).forEach((client) => client.close()));
afterAll(() => service?.close());

const bearer = () => bearerOf(testUser('Mia', 'manager'), 'reporting');
const connect = async (url: string, lastEventId?: string, query = ''): Promise<SseClient> => {
  const id = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const client = await SseClient.open(`${url}/live${query}`, { ...bearer(), ...id });
  clients.push(client);
  return client;
};

const leadEvents = (leadId: string = randomUUID()): Outgoing[] => [
  outgoing(LeadCreated, eventOf(LeadCreated, { leadId }), 1),
  outgoing(LeadScored, eventOf(LeadScored, { leadId }), 2),
  outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId }), 3),
];
const histories = (count: number) => Array.from({ length: count }, () => leadEvents());
const leadsOf = (all: readonly Outgoing[][]): string[] => all.map(([first]) => first!.data.leadId as string);

/** Stores `count` events of a partition as a reader would. */
const append = (topic: string, partition: number, count: number, padding = '') =>
  service.database.database.transaction((tx) =>
    store.append(
      tx,
      Array.from({ length: count }, () => ({
        ...LEAD_EVENTS.get(LeadCreated)!(eventOf(LeadCreated, { campaign: padding }, 'leadId')),
        position: { topic, partition, offset: 0n },
      })),
    ),
  );

describe('the live stream', () => {
  it('sends every client what happens, in one order for each lead, with the funnel beside it', async () => {
    const [one, two] = [await connect(service.url), await connect(service.url)];
    const all = histories(20);
    await service.publish(...all.flat());
    await eventually(() => expect(one.ids.length).toBe(60));
    await eventually(() => expect(two.ids).toEqual(one.ids));
    for (const leadId of leadsOf(all))
      expect(
        one.events.filter(({ data }) => data['leadId'] === leadId).map(({ data }) => data['what']),
      ).toEqual(['created', 'scored', 'stage-changed']);
    expect(new Set(one.events.map(({ type }) => type))).toEqual(new Set(['funnel', 'lead']));
    await eventually(() => {
      const funnel = one.events.findLast(({ type }) => type === 'funnel');
      expect(funnel?.data).toMatchObject({ total: { counts: expect.any(Object) } });
      expect(funnel?.id).toBeUndefined();
    });
  }, 60_000);

  it('loses and repeats nothing for a client that resumes again and again, on either of two processes', async () => {
    const steady = await connect(other.url);
    let resuming = await connect(service.url);
    const got: string[] = [];
    const expected: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const all = histories(10);
      expected.push(...leadsOf(all));
      const published = service.publish(...all.flat());
      // Cuts the connection in the middle of what is being sent.
      await eventually(() => expect(resuming.ids.length).toBeGreaterThan(round % 3));
      const id = resuming.ids.at(-1);
      got.push(...resuming.created);
      resuming.close();
      resuming = await connect(round % 2 === 0 ? other.url : service.url, id);
      await published;
    }
    await eventually(() => expect(got.length + resuming.created.length).toBe(expected.length));
    expect([...got, ...resuming.created].sort()).toEqual([...expected].sort());
    await eventually(() => expect([...steady.created].sort()).toEqual([...expected].sort()));
  }, 120_000);

  it('lets transactions on two partitions store at once, and skips neither, whichever commits first', async () => {
    const client = await connect(service.url);
    const { database } = service.database;
    const event = (partition: number) => ({
      ...LEAD_EVENTS.get(LeadCreated)!(eventOf(LeadCreated, {}, 'leadId')),
      position: { topic: 'leads', partition, offset: 0n },
    });
    const [first, second] = [event(1), event(2)];
    await database.transaction(async (tx) => {
      await store.append(tx, [first]);
      await database.transaction((inner) => store.append(inner, [second]));
      await eventually(() => expect(client.created).toEqual([second.data.leadId]));
    });
    await eventually(() => expect(client.created).toEqual([second.data.leadId, first.data.leadId]));
    const resumed = await connect(other.url, client.ids[0]);
    await eventually(() => expect(resumed.created).toEqual([first.data.leadId]));
  });

  it('begins with the newest events where a client asks for them', async () => {
    const before = await connect(service.url);
    await service.publish(...histories(3).flat());
    await eventually(() => expect(before.ids).toHaveLength(9));
    const recent = await connect(other.url, undefined, '?recent=4');
    await eventually(() => expect(recent.ids).toHaveLength(4));
    const what = (client: SseClient) =>
      client.events.filter(({ type }) => type === 'lead').map(({ data }) => [data['leadId'], data['what']]);
    expect(what(before)).toEqual(expect.arrayContaining(what(recent)));
  });

  it.each(['7', 'garbage', 'leads:99999999999999', 'x'.repeat(9_000)])(
    'starts now for a client whose id is none of its own',
    async (id) => {
      const client = await connect(service.url, id);
      const [all] = [leadEvents()];
      await service.publish(...all);
      await eventually(() => expect(client.created).toContain(all[0]!.data.leadId));
      expect(client.created.filter((leadId) => leadId !== all[0]!.data.leadId)).toEqual([]);
    },
  );

  it('survives the loss of its connections to the database', async () => {
    const client = await connect(service.url);
    await service.database.database.rows(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const all = leadEvents();
    await service.publish(...all);
    await eventually(() => expect(client.created).toEqual(leadsOf([all])), { within: 30_000 });
  }, 60_000);

  it('disconnects a client that does not read, and no other', async () => {
    const idle = await SseClient.open(`${service.url}/live`, bearer(), false);
    clients.push(idle);
    const fast = await connect(service.url);
    for (let round = 1; round <= 40; round += 1) {
      await append('leads', 0, 400, 'x'.repeat(1_000));
      await eventually(() => expect(fast.created).toHaveLength(round * 400));
    }
    idle.resume();
    await eventually(() => expect([idle.hasEnded, fast.hasEnded]).toEqual([true, false]));
  }, 60_000);

  it('needs a login', async () => {
    expect((await httpClient(service.url).get('/live')).status).toBe(401);
  });
});

describe('stored events', () => {
  const kept = async () => {
    const [row] = await service.database.database.rows<{ kept: number }>(
      `select count(*)::int as kept from live_events where topic = 'test'`,
    );
    return row!.kept;
  };

  it('are deleted by number without any client', async () => {
    for (let round = 0; round < 8; round += 1) await append('test', 5, 1_000);
    await eventually(async () => expect(await kept()).toBe(5_000), { within: 30_000 });
  }, 60_000);

  it('are deleted by age', async () => {
    const before = await kept();
    await append('test', 6, 1);
    expect(await kept()).toBe(before + 1);
    await store.deleteOld(new Date(Date.now() + 25 * 60 * 60 * 1_000));
    expect(await kept()).toBe(0);
  });

  it('are not made of events that are history', async () => {
    const handler = new OnLeadLiveFeed(store, new LeadSellersStore(), service.clock);
    const [old, current] = [eventOf(LeadCreated, {}, 'leadId'), eventOf(LeadCreated, {}, 'leadId')];
    const client = await connect(service.url);
    await service.database.database.transaction((tx) =>
      handler.handle(
        [
          received(LeadCreated, old, { time: new Date(Date.now() - 60 * 60 * 1_000) }),
          received(LeadCreated, current),
        ],
        tx,
      ),
    );
    await eventually(() => expect(client.created).toEqual([current.leadId]));
  });
});
