import { databaseOn, eventually, type TestDatabase } from '@baton/testing';
import { timerMigrations, TimerLoop, Timers, type TimerHandler } from '@baton/timers';
import { setTimeout as pause } from 'node:timers/promises';
import { mustEqual, quantile, type Result } from './result.js';

const WAITING = 300_000;
const BURST = 50_000;
const RATE = 500;
const SECONDS = 10;
const KIND = 'bench';
const HOUR = 3_600_000;

/**
 * Durable timers with 300,000 others waiting, each firing one row in the transaction that ends the timer: how fast a burst
 * that is due at one instant is done, and how late timers fire that other transactions keep setting, 500 a second.
 * Every figure is of effects counted in the tables. `pgUrl` is a superuser's.
 */
export const benchTimers = async (pgUrl: string): Promise<Result[]> => {
  const db = await databaseOn(pgUrl, { name: 'bench_timers', migrations: timerMigrations });
  try {
    await db.database.rows('create table effects (key text not null, due_at timestamptz not null)');
    await schedule(db, WAITING, (n) => ({ key: `waiting-${n}`, dueAt: Date.now() + HOUR + n * 1_000 }));
    return [await burst(db), ...(await lateness(db))];
  } finally {
    await db.drop();
  }
};

const clock = { now: () => new Date() };
const timers = new Timers(clock);

const burst = async (db: TestDatabase): Promise<Result> => {
  const dueAt = Date.now() + 10_000;
  await schedule(db, BURST, (n) => ({ key: `burst-${n}`, dueAt }));
  await db.database.rows('vacuum analyze timers');
  if (Date.now() >= dueAt) throw new Error('the burst was due before all of it was set');
  const firings = await fire(db, BURST, () => Promise.resolve());
  const seconds = (firings.endedAt - dueAt) / 1_000;
  return {
    name: 'timers: burst due at once',
    value: BURST / seconds,
    unit: 'firings/s',
    goal: { atLeast: 25_000 },
    detail: `${BURST} effects counted, ${WAITING} timers waiting`,
  };
};

const lateness = async (db: TestDatabase): Promise<Result[]> => {
  const { late } = await fire(db, RATE * SECONDS, async () => {
    const begin = Date.now() + 500;
    const each = RATE / 50;
    for (let n = 0; n < RATE * SECONDS; n += each) {
      const due = (i: number): number => begin + ((n + i) * 1_000) / RATE;
      await schedule(db, each, (i) => ({ key: `steady-${n + i}`, dueAt: due(i) }));
      await pause(Math.max(0, due(0) - 480 - Date.now()));
    }
  });
  const name = `timers: lateness at ${RATE}/s`;
  return [
    { name: `${name}, p50`, value: quantile(late, 0.5), unit: 'ms' },
    { name: `${name}, p99`, value: quantile(late, 0.99), unit: 'ms', goal: { below: 50 } },
  ];
};

interface Firings {
  /** When the last effect was committed, ms since 1970. */
  readonly endedAt: number;
  /** Milliseconds from the due instant to the committed effect, of each firing. */
  readonly late: number[];
}

/** Runs one loop while `meanwhile` goes on, until `expected` timers have fired; checks that each did once. */
const fire = async (db: TestDatabase, expected: number, meanwhile: () => Promise<void>): Promise<Firings> => {
  await db.database.rows('truncate effects');
  const late: number[] = [];
  let endedAt = 0;
  let inBatch: number[] = [];
  const handler: TimerHandler = {
    kind: KIND,
    fire: async (due, _, tx) => {
      inBatch = due.map(({ dueAt }) => dueAt.getTime());
      await tx.rows('insert into effects select * from unnest($1::text[], $2::timestamptz[])', [
        due.map(({ key }) => key),
        due.map(({ dueAt }) => dueAt.toISOString()),
      ]);
      return { events: [] };
    },
  };
  const loop = new TimerLoop({
    database: db.database,
    handlers: [handler],
    clock,
    log: console,
    outbox: {
      transact: async (work) => {
        inBatch = [];
        const { result } = await db.database.transaction(work);
        if (inBatch.length > 0) endedAt = Date.now();
        late.push(...inBatch.map((due) => endedAt - due));
        return result;
      },
    },
  });
  loop.start();
  await meanwhile();
  await eventually(() => mustEqual('effects', late.length, expected), { within: 60_000 });
  await loop.stop();
  await check(db, expected);
  return { endedAt, late };
};

const check = async (db: TestDatabase, expected: number): Promise<void> => {
  const [counts] = await db.database.rows<Record<'effects' | 'keys' | 'waiting', number>>(
    `select count(*)::int as effects, count(distinct key)::int as keys,
       (select count(*)::int from timers) as waiting from effects`,
  );
  mustEqual('effects', counts!.effects, expected);
  mustEqual('timers with an effect', counts!.keys, expected);
  mustEqual('timers still waiting', counts!.waiting, WAITING);
};

const schedule = async (
  db: TestDatabase,
  count: number,
  timer: (n: number) => { key: string; dueAt: number },
) => {
  const CHUNK = 10_000;
  for (let from = 0; from < count; from += CHUNK) {
    const some = Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => timer(from + i));
    await db.database.transaction((tx) =>
      timers.schedule(
        tx,
        some.map(({ key, dueAt }) => ({ kind: KIND, key, dueAt: new Date(dueAt) })),
      ),
    );
  }
};
