import {
  BusClient,
  outgoing,
  Outbox,
  provisionTopics,
  Publisher,
  ReaderAdmin,
  ReaderRunner,
  type Outgoing,
  type Unversioned,
} from '@baton/bus';
import {
  ActivityAttributed,
  ActivityRecorded,
  DealOpened,
  DealRenewed,
  DealWon,
  DefinitionActivated,
  HandoffAccepted,
  HandoffAttempted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  HandoffRetimed,
  LeadCreated,
  LeadMerged,
  LeadScored,
  LeadStageChanged,
  LeadUnmerged,
} from '@baton/contracts';
import { createLogger } from '@baton/platform';
import {
  eventOf,
  eventually,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { factsHandlers } from './facts.example.js';
import { reporting } from './reporting.module.js';

type Event = Outgoing | Unversioned;

const log = await createLogger({ name: 'spec', level: 'silent' });
const tables = reporting.readers!.find(({ name }) => name === 'facts')!.tables!;
const stops: (() => Promise<unknown>)[] = [];
const publishers = new Map<string, Publisher>();
let kafka: TestKafka;
let sent = 0;

beforeAll(async () => {
  kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 3 });
}, 60_000);
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
}, 60_000);

/** The reader `facts` on a database of its own; `name` makes it independent of the others. */
const runFacts = async (name: string): Promise<TestDatabase> => {
  const db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
  const client = new BusClient({ name: 'reporting', ...kafka, log });
  const outbox = new Outbox(client, db.database);
  const runner = new ReaderRunner({
    client,
    database: db.database,
    outbox,
    reader: {
      name,
      tables,
      handlers: factsHandlers(db),
    },
    batchSize: 50,
    onFatal: (reason) => {
      throw new Error(reason);
    },
  });
  stops.push(async () => {
    await runner.stop();
    await outbox.stop();
    await db.drop();
  });
  await outbox.start();
  await runner.start();
  return db;
};

const publish = async (events: readonly Event[]): Promise<void> => {
  for (const producer of ['scoring', 'routing', 'ingestion']) {
    const own = events.filter(({ contract }) => contract.producers[0] === producer);
    let publisher = publishers.get(producer);
    if (!publisher) {
      publisher = new Publisher(new BusClient({ name: producer, ...kafka, log }), { ackTimeoutMs: 20_000 });
      await publisher.start();
      publishers.set(producer, publisher);
      stops.push(() => publisher!.stop());
    }
    await publisher.publish(own);
  }
  sent += events.length;
};

const untilRead = (db: TestDatabase): Promise<void> =>
  eventually(
    async () => {
      const [row] = await db.database.rows<{ read: number; rebuilding: boolean }>(
        `select sum(next_offset)::int as read, (select bool_or(rebuild is not null) from readers) as rebuilding
         from positions where reader not like '%~rebuild'`,
      );
      expect(row).toEqual({ read: sent, rebuilding: false });
    },
    { within: 60_000 },
  );

const rowsOf = async ({ database }: TestDatabase): Promise<Record<string, unknown[]>> => {
  const all: Record<string, unknown[]> = {};
  for (const table of tables)
    all[table] = (
      await database.rows<{ row: string }>(
        `select t::text as row from ${table} t order by t::text collate "C"`,
      )
    ).map(({ row }) => row);
  return all;
};

/** Deterministic random numbers below `n` (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed;
  return (n: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
};
type Random = ReturnType<typeof randomOf>;

const oneOf = <Value>(random: Random, values: readonly Value[]): Value => values[random(values.length)]!;
const instant = (random: Random): string =>
  new Date(Date.UTC(2026, 0, 5) + random(5 * 86_400_000)).toISOString();

const leadEvents = (random: Random): Event[] => {
  const leadId = randomUUID();
  const campaign = oneOf(random, ['spring', 'Spring', 'autumn', undefined]);
  const created = eventOf(LeadCreated, {
    leadId,
    channel: oneOf(random, ['email', 'paid-search']),
    campaign,
    createdAt: instant(random),
  });
  const steps = Array.from({ length: random(5) }, (_, i) =>
    random(2) === 0
      ? outgoing(LeadScored, eventOf(LeadScored, { leadId }), i + 2)
      : outgoing(
          LeadStageChanged,
          eventOf(LeadStageChanged, {
            leadId,
            to: oneOf(random, ['lead', 'mql', 'sal', 'recycled']),
            reached: oneOf(random, [[], ['lead'], ['lead', 'mql']]),
            changedAt: instant(random),
          }),
          i + 2,
        ),
  );
  return [outgoing(LeadCreated, created, 1), ...steps];
};

/** Two leads of which one is merged into the other, and in every second case given back, with their touches. */
const mergedEvents = (random: Random): Event[] => {
  const [leadId, intoLeadId] = [randomUUID(), randomUUID()];
  const createdOf = (id: string) =>
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId: id, createdAt: instant(random) }), 1);
  const touchOf = (id: string): Event => {
    const data = eventOf(
      ActivityAttributed,
      { leadId: id, profileId: id, occurredAt: instant(random), channel: oneOf(random, ['email', 'video']) },
      'touchId',
    );
    return { contract: ActivityAttributed, data };
  };
  const moved = (id: string, sequence: number) =>
    outgoing(
      LeadStageChanged,
      eventOf(LeadStageChanged, { leadId: id, changedAt: instant(random) }),
      sequence,
    );
  const ids = { leadId, profileIds: [leadId] };
  return [
    createdOf(leadId),
    createdOf(intoLeadId),
    ...[leadId, leadId, intoLeadId].map(touchOf),
    moved(leadId, 2),
    outgoing(LeadMerged, eventOf(LeadMerged, { ...ids, intoLeadId }), 3),
    touchOf(intoLeadId),
    moved(intoLeadId, 2),
    ...(random(2) === 0
      ? [outgoing(LeadUnmerged, eventOf(LeadUnmerged, { ...ids, fromLeadId: intoLeadId }), 4)]
      : []),
  ];
};

const dealEvents = (random: Random): Event[] => {
  const ids = { leadId: randomUUID(), dealId: randomUUID() };
  return [
    outgoing(LeadCreated, eventOf(LeadCreated, { leadId: ids.leadId, createdAt: instant(random) }), 1),
    outgoing(DealOpened, eventOf(DealOpened, { ...ids, openedAt: instant(random) }), 1),
    outgoing(DealWon, eventOf(DealWon, ids), 2),
    outgoing(DealRenewed, eventOf(DealRenewed, ids), 3),
  ];
};

const handoffEvents = (random: Random): Event[] => {
  const ids = { handoffId: randomUUID(), leadId: randomUUID() };
  const sellers = ['Sam', 'Samuel', 'Kim'].map((sellerName) => ({ sellerName, sellerId: randomUUID() }));
  let offerNumber = 1;
  let seller = sellers[0]!;
  const events: Event[] = [];
  const add = (contract: any, data: object): void => {
    const all = { ...ids, ...seller, offerNumber, sellerName: oneOf(random, sellers).sellerName, ...data };
    events.push(outgoing(contract, eventOf(contract, all), events.length + 1));
  };
  add(HandoffOffered, { offeredAt: instant(random), acceptBy: instant(random) });
  for (let steps = random(6); steps > 0; steps -= 1) {
    const kind = random(6);
    if (kind === 0) {
      const fromSellerId = seller.sellerId;
      offerNumber += 1;
      seller = oneOf(random, sellers);
      add(HandoffReassigned, { fromSellerId, reassignedAt: instant(random), acceptBy: instant(random) });
    } else if (kind === 1)
      add(HandoffAccepted, { acceptedAt: instant(random), firstTouchBy: instant(random) });
    else if (kind === 2) add(HandoffAttempted, { attemptedAt: instant(random) });
    else if (kind === 5)
      add(HandoffRetimed, {
        clock: oneOf(random, ['accept', 'first-touch']),
        dueAt: instant(random),
        retimedAt: instant(random),
      });
    else if (kind === 3) add(HandoffQualified, { qualifiedAt: instant(random) });
    else add(HandoffRejected, { rejectedAt: instant(random) });
  }
  return events;
};

const activityEvents = (random: Random): Event[] => {
  const data = eventOf(
    ActivityRecorded,
    {
      channel: oneOf(random, ['email', 'paid-search', 'sms']),
      kind: oneOf(random, ['form', 'page', 'track']),
      occurredAt: instant(random),
      personKey: String(random(20)),
      bot: random(4) === 0,
    },
    'activityId',
  );
  return Array.from({ length: 1 + random(2) }, () => ({ contract: ActivityRecorded, data }));
};

const definitionEvents = (seed: number): Event[] => [
  outgoing(
    DefinitionActivated,
    eventOf(DefinitionActivated, { definitionId: `funnel-${seed}`, version: seed }),
    seed,
  ),
];

/** Interleaves the histories at random; each keeps its order. Some events are published again later. */
const shuffled = (random: Random, histories: Event[][]): Event[] => {
  const events: Event[] = [];
  const open = histories.map((history) => [...history]);
  while (open.length > 0) {
    const at = random(open.length);
    events.push(open[at]!.shift()!);
    if (open[at]!.length === 0) open.splice(at, 1);
    if (random(8) === 0) events.push(oneOf(random, events));
  }
  return events;
};

describe('the tables of the reader `facts`', () => {
  it('are the same row by row after a rewind, after a rebuild and for a reader that was added later, while events go on', async () => {
    const [first, rewound, rebuilt] = [
      await runFacts('first'),
      await runFacts('rewound'),
      await runFacts('rebuilt'),
    ];
    for (const seed of [1, 2, 3]) {
      const random = randomOf(seed);
      const histories = Array.from({ length: 60 }, () => [
        leadEvents(random),
        handoffEvents(random),
        activityEvents(random),
        mergedEvents(random),
        dealEvents(random),
      ]).flat();
      const events = shuffled(random, [...histories, definitionEvents(seed)]);
      const slices = Array.from({ length: 8 }, (_, i) =>
        events.slice((i * events.length) / 8, ((i + 1) * events.length) / 8),
      );
      await publish(slices[0]!);
      const goingOn = (async () => {
        for (const slice of slices.slice(1)) await publish(slice);
      })();
      await eventually(async () =>
        expect(await new ReaderAdmin(rewound.database).rewind('rewound')).toBe(true),
      );
      await eventually(async () =>
        expect(await new ReaderAdmin(rebuilt.database).rebuild('rebuilt')).toBe(true),
      );
      const later = await runFacts(`later-${seed}`);
      await goingOn;
      for (const db of [first, rewound, rebuilt, later]) await untilRead(db);
      const expected = await rowsOf(first);
      // Which touches were too old is written by retention, and by no event.
      for (const table of tables.filter((name) => name !== 'touches_deleted'))
        expect([table, expected[table]!.length > 0]).toEqual([table, true]);
      expect(await rowsOf(rewound)).toEqual(expected);
      expect(await rowsOf(rebuilt)).toEqual(expected);
      expect(await rowsOf(later)).toEqual(expected);
    }
  }, 240_000);
});
