import { databaseOn, eventually, type TestDatabase, type TestDatabaseOptions } from '@baton/testing';
import { mustEqual } from '../result.js';

export interface DueKey {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

/** Told after the effects of these timers are committed; the due instants in ms since 1970. */
export type OnFired = (dueAts: readonly number[]) => void;

/** One of the programs compared: each has a database of its own on the same server, with the table `effects`. */
export interface FiringSide {
  readonly name: string;
  readonly db: TestDatabase;
  /** Settings of the program and how its work differs from that of the others. */
  readonly detail: string;
  /** One batch, one transaction. */
  schedule(timers: readonly DueKey[]): Promise<void>;
  /** Fires what is due until {@link stop}: one row in `effects` for each timer. */
  start(onFired: OnFired): Promise<void>;
  /** Resolves when everything that follows a firing is done: its timers are ended, its events published. */
  settled(): Promise<void>;
  stop(): Promise<void>;
  /** Timers that have not fired. */
  waiting(): Promise<number>;
  /** Throws when a check of the program itself fails, for example of published events. */
  check(fired: number): Promise<void>;
  close(): Promise<void>;
}

/** A database with the table `effects`: without a key, so that a duplicate is visible. */
export const databaseWithEffects = async (
  pgUrl: string,
  name: string,
  migrations: NonNullable<TestDatabaseOptions['migrations']> = [],
): Promise<TestDatabase> => {
  const db = await databaseOn(pgUrl, { name, migrations });
  await db.database.rows('create table effects (key text not null, due_at timestamptz not null)');
  return db;
};

export const INSERT_EFFECTS = 'insert into effects select * from unnest($1::text[], $2::timestamptz[])';

/** The parameters of {@link INSERT_EFFECTS}. */
export const effectsOf = (timers: readonly DueKey[]): [string[], string[]] => [
  timers.map(({ key }) => key),
  timers.map(({ dueAt }) => new Date(dueAt).toISOString()),
];

/** The first column of the first row, a number. */
export const numberFrom = async ({ database }: TestDatabase, sql: string): Promise<number> => {
  const [row] = await database.rows<Record<string, unknown>>(sql);
  return Number(Object.values(row!)[0]);
};

/** Resolves when a count of `what` is 0; asked again after `every` ms. */
export const untilNone = (db: TestDatabase, what: string, sql: string, every: number): Promise<void> =>
  eventually(async () => mustEqual(what, await numberFrom(db, sql), 0), { within: 120_000, every });
