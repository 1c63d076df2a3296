import { randomUUID } from 'node:crypto';
import { HandoffWarned, LeadScored } from '@baton/contracts';
import {
  eventOf,
  eventually,
  testDatabase,
  testKafka,
  type TestDatabase,
  type TestKafka,
} from '@baton/testing';
import type { Admin } from 'kafkajs';
import { pino } from 'pino';
import type { Transaction } from './database/database.js';
import { busMigrations } from './database/tables.migration.js';
import { outgoing, type Outgoing, type Received } from './event/message.js';
import { BusClient, RETRY_FOREVER } from './kafka/bus-client.js';
import { provisionTopics } from './kafka/topics.js';
import { Outbox } from './outbox/outbox.js';
import { Publisher } from './publish/publisher.js';
import type { Handler } from './reader/handler.js';
import { ReaderAdmin } from './reader/reader-admin.js';
import { ReaderRunner } from './reader/reader-runner.js';
import type { Reader } from './reader/reader.js';

export const log = pino({ level: 'silent' });

/** Counts scored leads and warns of each: an effect in a table and an event that follows from it. */
export class CountScores implements Handler {
  readonly events = [LeadScored];
  /** Called with each batch, after its effects. */
  fail: (batch: readonly Received[]) => void = () => undefined;
  batches = 0;

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    this.batches += 1;
    const following: Outgoing[] = [];
    for (const message of batch) {
      const { leadId } = message.data as { leadId: string };
      await tx.rows('insert into seen (lead, sequence, late) values ($1, $2, $3)', [
        leadId,
        message.sequence,
        message.redelivered ?? false,
      ]);
      const [row] = await tx.rows<{ times: number }>(
        `insert into counts (lead, times) values ($1, 1)
         on conflict (lead) do update set times = counts.times + 1 returning times`,
        [leadId],
      );
      const data = { ...eventOf(HandoffWarned), handoffId: leadId, leadId };
      following.push(outgoing(HandoffWarned, data, row!.times, message));
    }
    this.fail(batch);
    return following;
  }
}

/** Stores every warning. */
export class CountWarnings implements Handler {
  readonly events = [HandoffWarned];

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    for (const { subject, sequence } of batch)
      await tx.rows('insert into warnings (lead, sequence) values ($1, $2)', [subject, sequence]);
    return [];
  }
}

const TABLES = `
  create table counts (lead uuid primary key, times int not null);
  create table seen (id bigint generated always as identity, lead uuid not null, sequence int not null, late boolean not null);
  create index seen_by_lead on seen (lead, sequence);
  create table warnings (lead uuid, sequence int, primary key (lead, sequence))`;

/** A topic set and a database of a service, with what specs do to them. */
export class TestBus {
  private readonly stops: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly kafka: TestKafka,
    readonly db: TestDatabase,
    readonly service: string,
  ) {}

  static async of(service: 'routing' | 'reporting', { partitions = 2 } = {}): Promise<TestBus> {
    const kafka = await testKafka();
    await provisionTopics({ ...kafka, log, partitions });
    return TestBus.on(kafka, service);
  }

  /** Another service on the same Kafka. */
  static async on(kafka: TestKafka, service: 'routing' | 'reporting'): Promise<TestBus> {
    const db = await testDatabase({ name: service, migrations: busMigrations });
    await db.source.query(TABLES);
    return new TestBus(kafka, db, service);
  }

  get admin(): ReaderAdmin {
    return new ReaderAdmin(this.db.database);
  }

  client(name = this.service): BusClient {
    return new BusClient({ name, ...this.kafka, log });
  }

  /** Runs a reader as a process of the service would. */
  async run(
    reader: Partial<Reader> & Pick<Reader, 'handlers'>,
    { batchSize = 100, fatal = [] as string[] } = {},
  ): Promise<{ runner: ReaderRunner; outbox: Outbox; stop: () => Promise<void> }> {
    const client = this.client();
    const { database } = this.db;
    const outbox = new Outbox(client, database);
    await outbox.start();
    const runner = new ReaderRunner({
      client,
      database,
      outbox,
      reader: { name: 'leads', ...reader },
      batchSize,
      onFatal: (reason, fault) => {
        log.error({ err: fault }, reason);
        fatal.push(reason);
      },
    });
    await runner.start();
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= runner.stop().then(() => outbox.stop()));
    this.stops.push(stop);
    return { runner, outbox, stop };
  }

  async publish(events: readonly Outgoing[]): Promise<void> {
    // A busy test machine is not a broker that is away.
    const publisher = new Publisher(this.client('scoring'), { ackTimeoutMs: 20_000 });
    await publisher.start();
    await publisher.publish(events);
    await publisher.stop();
  }

  /** Writes records as another program would. */
  async raw(
    topic: string,
    ...messages: { key?: string; value: string | Buffer; headers?: Record<string, string> }[]
  ): Promise<void> {
    const producer = this.client('other').connect(RETRY_FOREVER).producer();
    await producer.connect();
    await producer.send({ topic: this.kafka.topicPrefix + topic, messages });
    await producer.disconnect();
  }

  async withAdmin<Result>(
    work: (admin: Admin, physical: (topic: string) => string) => Promise<Result>,
  ): Promise<Result> {
    const admin = this.client('other').connect(RETRY_FOREVER).admin();
    await admin.connect();
    try {
      return await work(admin, (topic) => this.kafka.topicPrefix + topic);
    } finally {
      await admin.disconnect();
    }
  }

  query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.db.source.query<Row[]>(sql, values);
  }

  async counts(): Promise<number[]> {
    const rows = await this.query<{ times: number }>('select times from counts order by times');
    return rows.map(({ times }) => times);
  }

  /** Sequences of a lead in the order in which they were handled. */
  async handled(lead: string): Promise<number[]> {
    const rows = await this.query<{ sequence: number }>(
      'select sequence from seen where lead = $1 order by id',
      [lead],
    );
    return rows.map(({ sequence }) => sequence);
  }

  async total(table: string): Promise<number> {
    const [row] = await this.query<{ total: string }>(`select count(*) as total from ${table}`);
    return Number(row!.total);
  }

  async read(reader = 'leads'): Promise<number> {
    const [row] = await this.query<{ read: string }>(
      'select coalesce(sum(next_offset), 0) as read from positions where reader = $1',
      [reader],
    );
    return Number(row!.read);
  }

  /** Resolves when the reader has read as many messages. */
  async untilRead(total: number, reader = 'leads'): Promise<void> {
    await eventually(async () => {
      const read = await this.read(reader);
      if (read !== total) throw new Error(`${reader} has read ${read} of ${total}`);
    });
  }

  /** A function to call after the spec. */
  later(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
    await this.db.drop();
  }
}

export const leads = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** `count` scores spread over the leads in turn; each lead's versions begin with `first`. */
export const scored = (count: number, ids: readonly string[], first = 1): Outgoing[] =>
  Array.from({ length: count }, (_, i) => {
    const leadId = ids[i % ids.length]!;
    return outgoing(LeadScored, { ...eventOf(LeadScored), leadId }, Math.floor(i / ids.length) + first);
  });
