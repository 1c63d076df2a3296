import { outgoing, type Outgoing } from '@baton/bus';
import {
  HandoffAccepted,
  HandoffOffered,
  HandoffReassigned,
  LeadCreated,
  LeadMerged,
  LeadScored,
  LeadUnmerged,
} from '@baton/contracts';
import type { Role, Running, User } from '@baton/platform';
import { eventOf, eventually } from '@baton/testing';
import { bearerOf, TestService, testUser } from '@baton/testing/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reporting } from '../reporting.module.js';
import { LiveEventStore } from './live-event.store.js';
import { LEAD_EVENTS } from './live-event.js';
import { LiveFeed } from './live-feed.job.js';
import { SseClient } from './sse-client.example.js';

let service: TestService;
let other: Running;
const clients: SseClient[] = [];
const [sam, ann, moe] = ['Sam', 'Ann', 'Moe'].map((name) => testUser(name, 'seller')) as [User, User, User];

beforeAll(async () => {
  service = await TestService.start(reporting, { partitions: 2 });
  other = await service.startAnother();
}, 120_000);
afterEach(() => clients.splice(0).forEach((client) => client.close()));
afterAll(() => service?.close());

const connect = async (
  user: User,
  { query = '', reads = true, id }: { query?: string; reads?: boolean; id?: string | undefined } = {},
) => {
  const client = await SseClient.open(
    `${other.url}/live${query}`,
    {
      ...bearerOf(user, 'reporting'),
      ...(id !== undefined && { 'last-event-id': id }),
    },
    reads,
  );
  clients.push(client);
  return client;
};

const to = ({ id, name }: User) => ({ sellerId: id, sellerName: name });
/** A lead that is created, offered to some sellers one after the other, accepted by the last, and scored. */
const story = (...sellers: User[]): Outgoing[] => {
  const [leadId, handoffId] = [randomUUID(), randomUUID()];
  const offers = sellers.map((seller, index) => {
    const data = { leadId, handoffId, ...to(seller), offerNumber: index + 1 };
    return index === 0
      ? outgoing(HandoffOffered, eventOf(HandoffOffered, data), 1)
      : outgoing(HandoffReassigned, eventOf(HandoffReassigned, data), index + 1);
  });
  const last = sellers.at(-1);
  const accepted =
    last && eventOf(HandoffAccepted, { leadId, handoffId, ...to(last), offerNumber: sellers.length });
  return [
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId }), 1),
    ...offers,
    ...(accepted ? [outgoing(HandoffAccepted, accepted, sellers.length + 1)] : []),
    outgoing(LeadScored, eventOf(LeadScored, { leadId }), 2),
  ];
};
const leadOf = (all: readonly Outgoing[]): string => all[0]!.data.leadId as string;
const whatOf = ({ events }: SseClient, leadId: string): unknown[] =>
  events.filter(({ data }) => data['leadId'] === leadId).map(({ data }) => data['what']);
const leadsIn = ({ events }: SseClient): Set<unknown> =>
  new Set(events.flatMap(({ data }) => data['leadId'] ?? []));

describe('the live stream of a person who was two leads', () => {
  const merged = (one: readonly Outgoing[], other: readonly Outgoing[]): Outgoing =>
    outgoing(LeadMerged, eventOf(LeadMerged, { leadId: leadOf(one), intoLeadId: leadOf(other) }), 3);
  const scored = (of: readonly Outgoing[], sequence: number): Outgoing =>
    outgoing(LeadScored, eventOf(LeadScored, { leadId: leadOf(of) }), sequence);
  const onHandoff = (events: readonly Outgoing[], last: boolean): Outgoing[] =>
    events.filter(({ contract }) => (contract.topic === 'handoffs') !== last);

  it('has for the sellers of both what happens to the person, also through a third lead', async () => {
    const [first, second, third] = [story(sam), story(ann), story(moe)];
    const streams = [await connect(sam), await connect(ann), await connect(moe)];
    await service.publish(...first, ...second, ...third);
    // Hand-offs and leads are read side by side: a merge is told to the sellers who are known by then.
    await eventually(() =>
      [first, second, third].forEach((lead, index) =>
        expect(whatOf(streams[index]!, leadOf(lead))).toContain('accepted'),
      ),
    );
    await service.publish(merged(first, second));
    await eventually(() =>
      streams.slice(0, 2).forEach((each) => expect(whatOf(each, leadOf(second))).toContain('merged')),
    );
    expect(whatOf(streams[2]!, leadOf(second))).toEqual([]);
    await service.publish(merged(second, third));
    await eventually(() =>
      streams.forEach((each) => expect(whatOf(each, leadOf(third))).toContain('merged')),
    );
    await service.publish(scored(third, 3));
    await eventually(() =>
      streams.forEach((each) => expect(whatOf(each, leadOf(third))).toContain('scored')),
    );
  });

  it('counts what is said of a merged lead for the person, and its sellers whenever they become known', async () => {
    const [first, second] = [story(sam), story()];
    const [sams, managers] = [await connect(sam), await connect(testUser('Mia', 'manager'))];
    await service.publish(...onHandoff(first, true), ...second, merged(first, second));
    await eventually(() => expect(whatOf(managers, leadOf(second))).toContain('merged'));
    // Sam is known only now, by an offer of the lead that exists no longer.
    await service.publish(...onHandoff(first, false));
    await eventually(() => expect(whatOf(sams, leadOf(second))).toEqual(['offered', 'accepted']));
    expect(whatOf(sams, leadOf(first))).toEqual([]);
    await service.publish(scored(second, 3));
    await eventually(() => expect(whatOf(sams, leadOf(second))).toContain('scored'));
  });

  it('has leads of their own again when the merge is undone', async () => {
    const [first, second] = [story(sam), story(ann)];
    const managers = await connect(testUser('Mia', 'manager'));
    await service.publish(...first, ...second, merged(first, second));
    await eventually(() => expect(whatOf(managers, leadOf(second))).toContain('merged'));
    const undone = { leadId: leadOf(first), fromLeadId: leadOf(second) };
    await service.publish(outgoing(LeadUnmerged, eventOf(LeadUnmerged, undone), 4), scored(first, 5));
    await eventually(() => expect(whatOf(managers, leadOf(first)).slice(-2)).toEqual(['unmerged', 'scored']));
  });
});

describe('the live stream of a seller', () => {
  it('has the events of leads they own or were offered, now or before, and the funnel of all', async () => {
    const [own, shared, colleagues, nobodys] = [story(sam), story(sam, ann), story(ann), story()];
    const [samsStream, annsStream, moesStream] = [await connect(sam), await connect(ann), await connect(moe)];
    const managers = await connect(testUser('Mia', 'manager'));
    await service.publish(
      ...[...own, ...shared, ...colleagues, ...nobodys].filter(
        ({ contract }) => contract.topic === 'handoffs',
      ),
    );
    await eventually(() => expect(managers.ids).toHaveLength(7));
    // A message in each partition shows that the stream went on.
    await service.publish(
      ...[...own, ...shared, ...colleagues, ...nobodys].filter(({ contract }) => contract.topic === 'leads'),
    );
    await eventually(() => expect(managers.ids).toHaveLength(15));
    await eventually(() => {
      expect(leadsIn(samsStream)).toEqual(new Set([leadOf(own), leadOf(shared)]));
      expect(leadsIn(annsStream)).toEqual(new Set([leadOf(shared), leadOf(colleagues)]));
      expect(whatOf(samsStream, leadOf(shared))).toEqual([
        'offered',
        'reassigned',
        'accepted',
        'created',
        'scored',
      ]);
      expect(whatOf(annsStream, leadOf(shared))).toEqual(whatOf(samsStream, leadOf(shared)));
      expect(moesStream.events.map(({ type }) => type)).toContain('funnel');
    });
    expect(leadsIn(moesStream)).toEqual(new Set());
  });

  it('goes on after its last event, and begins with the newest of its own', async () => {
    const first = story(sam);
    const stream = await connect(sam);
    await service.publish(...first);
    await eventually(() => expect(whatOf(stream, leadOf(first))).toContain('accepted'));
    const id = stream.ids.at(-1);
    stream.close();
    const [missed, colleagues] = [story(sam), Array.from({ length: 30 }, () => story(ann))];
    const managers = await connect(testUser('Mia', 'manager'));
    await service.publish(...missed, ...colleagues.flat());
    await eventually(() => expect(managers.ids).toHaveLength(31 * 4));
    const resumed = await connect(sam, { id });
    await eventually(() =>
      expect(whatOf(resumed, leadOf(missed)).sort()).toEqual(['accepted', 'created', 'offered', 'scored']),
    );
    const recent = await connect(sam, { query: '?recent=8' });
    await eventually(() => expect(recent.ids).toHaveLength(8));
    const samsLeads = new Set([leadOf(first), leadOf(missed)]);
    expect(samsLeads).toEqual(new Set([...samsLeads, ...leadsIn(resumed), ...leadsIn(recent)]));
  });
});

describe('the live stream of a manager', () => {
  const leading = (...leads: User[]): User => ({
    ...testUser('Mia', 'manager'),
    leads: leads.map(({ id }) => id),
  });

  it('has the events of leads that sellers they lead were offered, and of those that nobody was', async () => {
    const all = [story(sam), story(sam, ann), story(ann), story()] as const;
    const [sams, both, nobodys] = [
      await connect(leading(sam)),
      await connect(leading(sam, ann, moe)),
      await connect(leading()),
    ];
    const handoffs = all.flat().filter(({ contract }) => contract.topic === 'handoffs');
    await service.publish(...handoffs);
    await eventually(() => expect(both.ids).toHaveLength(handoffs.length));
    await service.publish(...all.flat().filter(({ contract }) => contract.topic === 'leads'));
    const [own, shared, colleagues, unoffered] = all.map(leadOf);
    await eventually(() => {
      expect(leadsIn(both)).toEqual(new Set([own, shared, colleagues, unoffered]));
      expect(leadsIn(sams)).toEqual(new Set([own, shared, unoffered]));
      expect(leadsIn(nobodys)).toEqual(new Set([unoffered]));
    });
    const recent = await connect(leading(sam), { query: '?recent=200' });
    await eventually(() => expect(leadsIn(recent)).toContain(unoffered));
    expect(leadsIn(recent)).not.toContain(colleagues);
  });
});

it.each<Role>(['marketing', 'manager', 'operations', 'viewer', 'admin'])(
  '%s gets all events',
  async (role) => {
    const stream = await connect(testUser('Somebody', role));
    const all = [story(sam), story(ann), story()];
    await service.publish(...all.flat());
    // And perhaps the rest of events that were published before.
    await eventually(() => expect([...leadsIn(stream)]).toEqual(expect.arrayContaining(all.map(leadOf))));
  },
);

it('the places of clients are free again when all of them stop reading', async () => {
  const feed = other.app.get(LiveFeed);
  await eventually(() => expect(feed.size).toBe(0));
  const store = new LiveEventStore(service.database.database);
  const idle = await Promise.all(
    Array.from({ length: 5 }, () => connect(testUser('Mia', 'manager'), { reads: false, id: 'leads:0' })),
  );
  expect(feed.size).toBe(5);
  for (let batch = 0; batch < 10; batch += 1)
    await service.database.database.transaction((tx) =>
      store.append(
        tx,
        Array.from({ length: 450 }, () => ({
          ...LEAD_EVENTS.get(LeadCreated)!(eventOf(LeadCreated, { campaign: 'x'.repeat(4_000) }, 'leadId')),
          position: { topic: 'leads', partition: 0, offset: 0n },
        })),
      ),
    );
  await eventually(() => expect(feed.size).toBe(0), { within: 60_000 });
  idle.forEach((client) => client.resume());
  await eventually(() => expect(idle.map(({ hasEnded }) => hasEnded)).toEqual(Array(5).fill(true)));
}, 120_000);
