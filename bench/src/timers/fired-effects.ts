import {
  BusClient,
  busMigrations,
  Outbox,
  provisionTopics,
  topicEnds,
  type Outgoing,
  type Transaction,
} from '@baton/bus';
import { HandoffBreached, type HandoffBreachedV1 } from '@baton/contracts';
import {
  databaseOn,
  eventually,
  type LocalJson,
  type TestDatabase,
  type TestDatabaseOptions,
} from '@baton/testing';
import { pino } from 'pino';
import { mustEqual } from '../result.js';

export interface DueKey {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

/** Of the stack's topics, so that no service reads what the bench publishes. */
const TOPIC_PREFIX = 'bench-timers.';
const TOPIC = 'handoffs';
const INSERT_EFFECTS = 'insert into effects select * from unnest($1::text[], $2::timestamptz[])';

/**
 * What a firing does, the same for all programs: a row in `effects` and, while `publishes`, `handoff.breached.v1` through the outbox
 * of libs/bus in the same transaction. Each program has a database of its own on the same server.
 */
export class FiredEffects {
  publishes = true;
  private published = 0;

  private constructor(
    readonly db: TestDatabase,
    private readonly client: BusClient,
    readonly outbox: Outbox,
  ) {}

  /** The table `effects` has no key, so that a duplicate is visible. */
  static async open(
    { database: pgUrl, kafka }: LocalJson,
    name: string,
    migrations: NonNullable<TestDatabaseOptions['migrations']> = [],
  ): Promise<FiredEffects> {
    const log = pino({ level: 'warn' });
    const brokers = [kafka];
    await provisionTopics({ brokers, log, topicPrefix: TOPIC_PREFIX });
    const db = await databaseOn(pgUrl, { name, migrations: [...busMigrations, ...migrations] });
    await db.database.rows('create table effects (key text not null, due_at timestamptz not null)');
    const client = new BusClient({ name: 'routing', brokers, log, topicPrefix: TOPIC_PREFIX });
    const outbox = new Outbox(client, db.database);
    await outbox.start();
    return new FiredEffects(db, client, outbox);
  }

  /** Forgets what was fired before. */
  async begin(): Promise<void> {
    await this.db.database.rows('truncate effects');
    this.published = await this.endOfTopic();
  }

  /** The effects of timers, in a transaction of their own. */
  async commit(timers: readonly DueKey[]): Promise<void> {
    if (!this.publishes) return void (await this.db.database.rows(INSERT_EFFECTS, columnsOf(timers)));
    await this.outbox.hasCapacity();
    await this.outbox.transact(async (tx) => ({ events: await this.write(tx, timers), result: undefined }));
  }

  /** Writes the rows of `effects`; the events are the caller's to store in the same transaction. */
  async write(tx: Transaction, timers: readonly DueKey[]): Promise<Outgoing[]> {
    await tx.rows(INSERT_EFFECTS, columnsOf(timers));
    const now = new Date().toISOString();
    return this.publishes ? timers.map((timer) => breached(timer, now)) : [];
  }

  /** Until the broker has acknowledged every event. */
  settled(): Promise<void> {
    return untilNone(this.db, 'rows of the outbox', 'select count(*) from outbox', 5);
  }

  /** @throws Error unless each of `expected` timers had one effect and one event */
  async check(expected: number): Promise<void> {
    const [counts] = await this.db.database.rows<Record<'effects' | 'keys', number>>(
      'select count(*)::int as effects, count(distinct key)::int as keys from effects',
    );
    mustEqual('effects', counts!.effects, expected);
    mustEqual('distinct timers with an effect', counts!.keys, expected);
    const published = (await this.endOfTopic()) - this.published;
    mustEqual('published events', published, this.publishes ? expected : 0);
  }

  async close(): Promise<void> {
    await this.outbox.stop();
    await this.db.drop();
  }

  private async endOfTopic(): Promise<number> {
    return (await topicEnds(this.client, [TOPIC]))[TOPIC]!;
  }
}

const columnsOf = (timers: readonly DueKey[]): [string[], string[]] => [
  timers.map(({ key }) => key),
  timers.map(({ dueAt }) => new Date(dueAt).toISOString()),
];

const breached = ({ key, dueAt }: DueKey, now: string): Outgoing<HandoffBreachedV1> => ({
  contract: HandoffBreached,
  data: {
    ...HandoffBreached.example,
    handoffId: key,
    leadId: key,
    dueAt: new Date(dueAt).toISOString(),
    breachedAt: now,
  },
  sequence: 1,
});

/** The first column of the first row, a number. */
export const numberFrom = async ({ database }: TestDatabase, sql: string): Promise<number> => {
  const [row] = await database.rows<Record<string, unknown>>(sql);
  return Number(Object.values(row!)[0]);
};

/** Resolves when a count of `what` is 0; asked again after `every` ms. */
export const untilNone = (db: TestDatabase, what: string, sql: string, every: number): Promise<void> =>
  eventually(async () => mustEqual(what, await numberFrom(db, sql), 0), { within: 120_000, every });
