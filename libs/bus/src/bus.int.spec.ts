import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deadLetterTopic, HandoffWarned, LeadScored } from '@baton/contracts';
import {
  eventOf,
  eventually,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import { pino } from 'pino';
import { Consumer } from './reader/consumer.js';
import type { Transaction } from './database/database.js';
import type { Handler } from './reader/handler.js';
import { BusClient, RETRY_FOREVER } from './kafka/bus-client.js';
import { outgoing, type Outgoing, type Received } from './event/message.js';
import { Outbox } from './outbox/outbox.js';
import { Publisher } from './publish/publisher.js';
import { busMigrations } from './database/tables.migration.js';
import { provisionTopics } from './kafka/topics.js';

const log = pino({ level: process.env['BUS_LOG'] ?? 'silent' });

/** Counts scored leads per lead and warns of each: an effect in a table and an event that follows from it. */
class CountScores implements Handler {
  readonly events = [LeadScored];
  /** What goes wrong, asked before each batch. */
  trouble: (batch: readonly Received[]) => void = () => undefined;
  batches = 0;

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    this.batches += 1;
    const following: Outgoing[] = [];
    for (const message of batch) {
      const { leadId } = message.data as { leadId: string };
      const [row] = await tx.rows<{ times: number }>(
        `insert into counts (lead, times) values ($1, 1)
         on conflict (lead) do update set times = counts.times + 1 returning times`,
        [leadId],
      );
      following.push(
        outgoing(
          HandoffWarned,
          { ...eventOf(HandoffWarned), handoffId: leadId, leadId },
          row!.times,
          message,
        ),
      );
    }
    this.trouble(batch);
    return following;
  }
}

/** Reads what CountScores said. */
class CountWarnings implements Handler {
  readonly events = [HandoffWarned];

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    for (const message of batch) {
      await tx.rows('insert into warnings (lead, sequence) values ($1, $2)', [
        message.subject,
        message.sequence,
      ]);
    }
    return [];
  }
}

let kafka: TestKafka;
let routing: TestDatabase;
let reporting: TestDatabase;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  routing = await testDatabase({ name: 'routing', migrations: busMigrations });
  reporting = await testDatabase({ name: 'reporting', migrations: busMigrations });
  await routing.source.query('create table counts (lead uuid primary key, times int not null)');
  await reporting.source.query(
    'create table warnings (lead uuid, sequence int, primary key (lead, sequence))',
  );
});

afterAll(async () => {
  await Promise.all([routing.drop(), reporting.drop()]);
});

beforeEach(async () => {
  kafka = await testKafka();
  await provisionTopics({ ...kafka, log, partitions: 2 });
  await routing.source.query('truncate counts, positions, outbox, versions');
  await reporting.source.query('truncate warnings, positions, outbox, versions');
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

const client = (name: string) => new BusClient({ name, ...kafka, log });

const reader = async (name: string, handler: Handler, batchSize = 100): Promise<() => Promise<void>> => {
  const bus = client(name);
  const { database } = name === 'routing' ? routing : reporting;
  const outbox = new Outbox(bus, database);
  await outbox.start();
  const onFatal = (reason: string, fault?: unknown) => log.error({ err: fault }, reason);
  const consumer = new Consumer({ client: bus, database, outbox, handlers: [handler], batchSize, onFatal });
  await consumer.start();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= consumer.stop().then(() => outbox.stop()));
  stops.push(stop);
  return stop;
};

const publish = async (events: readonly Outgoing[]): Promise<void> => {
  // A busy machine is no broker that is away.
  const publisher = new Publisher(client('scoring'), { patienceMs: 20_000 });
  await publisher.start();
  await publisher.publish(events);
  await publisher.stop();
};

const raw = async (
  topic: string,
  ...messages: { key?: string; value: string; headers?: Record<string, string> }[]
) => {
  const producer = client('stranger').connect(RETRY_FOREVER).producer();
  await producer.connect();
  await producer.send({ topic: kafka.topicPrefix + topic, messages });
  await producer.disconnect();
};

const scored = (count: number, leads: readonly string[]): Outgoing[] =>
  Array.from({ length: count }, (_, i) => {
    const leadId = leads[i % leads.length]!;
    return outgoing(LeadScored, { ...eventOf(LeadScored), leadId }, Math.floor(i / leads.length) + 1);
  });

const leads = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

const counts = async (): Promise<number[]> =>
  (await routing.database.rows<{ times: number }>('select times from counts')).map((row) => row.times);
const warnings = async (): Promise<number> => (await reporting.database.rows('select from warnings')).length;
const left = async (): Promise<number> => (await routing.database.rows('select from outbox')).length;
const read = async (): Promise<number> =>
  Number(
    (
      await routing.database.rows<{ read: string }>(
        'select coalesce(sum(next_offset), 0) read from positions',
      )
    )[0]!.read,
  );

const deadLetters = async (topic: string, group: string): Promise<number> => {
  const admin = client('stranger').connect(RETRY_FOREVER).admin();
  await admin.connect();
  const [end] = await admin.fetchTopicOffsets(kafka.topicPrefix + deadLetterTopic(topic, group));
  await admin.disconnect();
  return Number(end!.high);
};

const resetGroup = async (group: string, topic: string): Promise<void> => {
  const admin = client('stranger').connect(RETRY_FOREVER).admin();
  await admin.connect();
  await admin.resetOffsets({
    groupId: kafka.topicPrefix + group,
    topic: kafka.topicPrefix + topic,
    earliest: true,
  });
  await admin.disconnect();
};

describe('the loop of two services', () => {
  it('does each effect once and lets what follows be read once', async () => {
    await reader('routing', new CountScores(), 7);
    await reader('reporting', new CountWarnings(), 7);
    await publish(scored(100, leads(10)));
    await eventually(async () => expect(await warnings()).toBe(100));
    expect(await counts()).toEqual(Array(10).fill(10));
    await eventually(async () => expect(await left()).toBe(0));
  });

  it('does nothing a second time when the same events come again or the group starts over', async () => {
    const stop = await reader('routing', new CountScores());
    const events = scored(20, leads(4));
    await publish(events);
    await publish(events);
    await eventually(async () => expect(await read()).toBe(40));
    await stop();
    await resetGroup('routing', 'leads');
    await reader('routing', new CountScores());
    await publish(scored(1, leads(1)));
    await eventually(async () => expect(await read()).toBe(41));
    expect((await counts()).sort()).toEqual([1, 5, 5, 5, 5]);
  });

  it('loses no time to a reader that is stopped while it joins', async () => {
    await reader('routing', new CountScores());
    const bus = client('routing');
    const joining = new Consumer({
      ...{ client: bus, database: routing.database, outbox: new Outbox(bus, routing.database) },
      ...{ handlers: [new CountScores()], batchSize: 100, onFatal: () => undefined },
    });
    const started = joining.start();
    await joining.stop();
    await started.catch(() => undefined);
    await publish(scored(20, leads(20)));
    // Well before the session of a member that said no goodbye would end (30 s).
    await eventually(async () => expect(await read()).toBe(20), { within: 25_000 });
  });

  it('goes back when the group’s offset is ahead of what was done', async () => {
    const stop = await reader('routing', new CountScores());
    await publish(scored(10, leads(2)));
    await eventually(async () => expect(await read()).toBe(10));
    await stop();
    // As if the database had been restored from before the batch.
    await routing.source.query('truncate counts, positions, versions');
    await reader('routing', new CountScores());
    // Enough of them that each partition gets one: a reader learns that it stands too far ahead from the next message.
    await publish(scored(40, leads(40)));
    await eventually(async () => expect(await read()).toBe(50));
    expect((await counts()).sort()).toEqual([...Array<number>(40).fill(1), 5, 5]);
  });

  it('publishes what a crash left in the outbox, and a reader passes over what it has seen', async () => {
    const stop = await reader('routing', new CountScores());
    await reader('reporting', new CountWarnings());
    await publish(scored(10, leads(5)));
    await eventually(async () => expect(await warnings()).toBe(10));
    await stop();
    const lead = randomUUID();
    const message = (sequence: number) => ({
      topic: 'handoffs',
      key: lead,
      value: JSON.stringify({ ...eventOf(HandoffWarned), leadId: lead, handoffId: lead }),
      headers: {
        ce_id: `${lead}.${sequence}`,
        ce_type: HandoffWarned.type,
        ce_source: '/routing',
        ce_subject: lead,
        ce_sequence: String(sequence),
      },
    });
    for (const messages of [[message(1)], [message(2)], [message(1), message(2)]]) {
      await routing.source.query('insert into outbox (messages) values ($1)', [JSON.stringify(messages)]);
    }
    await reader('routing', new CountScores());
    await eventually(async () => expect(await left()).toBe(0));
    await eventually(async () => expect(await warnings()).toBe(12));
    await publish(scored(1, leads(1)));
    await eventually(async () => expect(await warnings()).toBe(13));
  });
});

describe('a topic made anew under positions of the old one', () => {
  it('is said with what to do, since what it holds would be skipped', async () => {
    await routing.source.query(
      `insert into positions (topic, partition, next_offset) values ('leads', 0, 1000)`,
    );
    const bus = client('routing');
    const said: string[] = [];
    const consumer = new Consumer({
      ...{ client: bus, database: routing.database, outbox: new Outbox(bus, routing.database) },
      ...{
        handlers: [new CountScores()],
        batchSize: 100,
        onFatal: (reason: string) => void said.push(reason),
      },
    });
    await consumer.start();
    stops.push(() => consumer.stop());
    await eventually(() => expect(said[0]).toMatch(/leads\/0 .* made anew\. .*delete its rows/), {
      within: 30_000,
    });
    expect(consumer.ready).toBe(false);
  });
});

describe('what cannot be handled', () => {
  it('goes to the dead letters with its reason while its neighbours are processed', async () => {
    await reader('routing', new CountScores());
    const [lead] = leads(1);
    await publish(scored(1, [lead!]));
    await raw(
      'leads',
      { key: lead!, value: 'rubbish', headers: { ce_type: LeadScored.type, ce_id: '1', ce_source: '/x' } },
      { value: '{}' },
    );
    await publish(scored(3, [lead!]).slice(1));
    await eventually(async () => expect(await counts()).toEqual([3]));
    await eventually(async () => expect(await deadLetters('leads', 'routing')).toBe(2));
  });

  it('is found by halving when a handler fails on it, and only that one is given up', async () => {
    const handler = new CountScores();
    const all = leads(40);
    const bad = all[17]!;
    handler.trouble = (batch) => {
      if (batch.some((message) => message.subject === bad)) throw new Error('this one never works');
    };
    await publish(scored(80, all));
    await reader('routing', handler);
    await eventually(async () => expect(await read()).toBe(80));
    expect(await counts()).toEqual(Array(39).fill(2));
    await eventually(async () => expect(await deadLetters('leads', 'routing')).toBe(2));
  });

  it('is tried again, not given up, when the fault is passing', async () => {
    const handler = new CountScores();
    let failures = 3;
    handler.trouble = () => {
      if (failures-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    };
    await reader('routing', handler);
    await publish(scored(10, leads(2)));
    await eventually(async () => expect(await counts()).toEqual([5, 5]));
    expect(handler.batches).toBeGreaterThan(3);
    expect(await deadLetters('leads', 'routing')).toBe(0);
  });
});

describe('a decision over HTTP', () => {
  it('says nothing when its transaction fails, and keeps order and count under many at once', async () => {
    const bus = client('routing');
    const outbox = new Outbox(bus, routing.database);
    await outbox.start();
    stops.push(() => outbox.stop());
    await reader('reporting', new CountWarnings());
    const lead = randomUUID();
    await routing.source.query('insert into counts (lead, times) values ($1, 0)', [lead]);
    const decide = (fail: boolean) =>
      outbox.transact(async (tx) => {
        const [row] = await tx.rows<{ times: number }>(
          'update counts set times = times + 1 where lead = $1 returning times',
          [lead],
        );
        if (fail) throw new Error('no');
        const data = { ...eventOf(HandoffWarned), handoffId: lead, leadId: lead };
        return { events: [outgoing(HandoffWarned, data, row!.times)], result: row!.times };
      });
    const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => decide(i % 3 === 2)));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(40);
    // A version published out of order would be skipped by the reader, and this count would never be reached.
    await eventually(async () => expect(await warnings()).toBe(40));
  });
});
