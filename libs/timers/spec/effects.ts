import type { Database, Outgoing, Transaction } from '@baton/bus';
import pino from 'pino';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TimerLoop, type TimerLoopOptions } from '../src/timer-loop.js';
import type { DueTimer, FireResult, TimerHandler } from '../src/timer.js';
import { timerMigrations } from '../src/timers.migration.js';

class Effects1767225600200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Without a primary key, so that a duplicate effect is visible.
    await runner.query(
      `create table effects (n int generated always as identity, key text, generation int, loop text, batch uuid)`,
    );
    await runner.query(`create table events (type text, sequence int)`);
    await runner.query(`create table things (id text primary key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table effects, events, things');
  }
}

export const effectMigrations = [...timerMigrations, Effects1767225600200];

type PartialResult = Partial<FireResult> | void;

/** Inserts one row for each fired timer, in the transaction of the firing, after running `during` in it. */
export class Effects implements TimerHandler {
  constructor(
    readonly kind: string,
    private readonly loop = 'one',
    private readonly during: (
      due: readonly DueTimer[],
      tx: Transaction,
      now: Date,
    ) => PartialResult | Promise<PartialResult> = () => undefined,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const partial = (await this.during(due, tx, now)) ?? {};
    const done = due.filter(({ key }) => !partial.busy?.includes(key));
    await tx.rows(
      `insert into effects (key, generation, loop, batch)
       select key, generation, $3, batch.id from unnest($1::text[], $2::int[]) as due (key, generation),
         (select gen_random_uuid() as id offset 0) as batch`,
      [done.map(({ key }) => key), done.map(({ generation }) => generation), this.loop],
    );
    return { events: [], ...partial };
  }
}

export interface Effect {
  readonly key: string;
  readonly generation: number;
  readonly loop: string;
  readonly batch: string;
}

export const effectsIn = (database: Database): Promise<Effect[]> =>
  database.rows<Effect>('select key, generation, loop, batch from effects order by n');

export const keysIn = async (database: Database): Promise<string[]> =>
  (await effectsIn(database)).map(({ key }) => key);

/** Stores events as rows of the same transaction instead of publishing them; always has capacity. */
export const outboxOf = (database: Database): TimerLoopOptions['outbox'] => ({
  hasCapacity: () => Promise.resolve(),
  transact: (work) =>
    database.transaction(async (tx) => {
      const { events, result } = await work(tx);
      for (const event of events) await insertEvent(event, tx);
      return result;
    }),
});

const insertEvent = ({ contract, sequence }: Outgoing, tx: Transaction) =>
  tx.rows('insert into events values ($1, $2)', [contract.type, sequence]);

/** A loop as one process of a service runs it. Polls once an hour by default, so that polling cannot hide a lost notification. */
export const loopOf = (
  database: Database,
  handlers: readonly TimerHandler[],
  options: Partial<TimerLoopOptions> = {},
): TimerLoop =>
  new TimerLoop({
    database,
    handlers,
    outbox: outboxOf(database),
    clock: { now: () => new Date() },
    log: pino({ enabled: false }),
    pollMs: 3_600_000,
    ...options,
  });

/** A promise with its resolver. */
export const gate = (): { readonly opened: Promise<void>; open(): void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
};
