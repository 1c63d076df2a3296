import { databaseOn, eventually, type TestDatabase } from '@baton/testing';
import { timerMigrations, TimerLoop, Timers, type TimerHandler } from '@baton/timers';
import { setTimeout as delay } from 'node:timers/promises';
import { mustEqual, quantile, type Result } from './result.js';

const WAITING = 300_000;
const BURST = 50_000;
const RATE = 500;
const SECONDS = 10;
const KIND = 'bench';
const HOUR = 3_600_000;

/**
 * Durable timers with 300,000 others waiting; each fires one row in the transaction that deletes the timer. Measures the
 * throughput of a burst due at one instant, and the lateness of timers set continuously, 500 per second. Every figure is
 * checked against the rows in the table. `pgUrl` is a superuser's.
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
  if (Date.now() >= dueAt) throw new Error('the burst became due before all its timers were set');
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
      await delay(Math.max(0, due(0) - 480 - Date.now()));
    }
  });
  const name = `timers: lateness at ${RATE}/s`;
  return [
    { name: `${name}, p50`, value: quantile(late, 0.5), unit: 'ms' },
    { name: `${name}, p99`, value: quantile(late, 0.99), unit: 'ms', goal: { below: 50 } },
  ];
};

interface FiringTimes {
  /** Commit of the last effect, ms since 1970. */
  readonly endedAt: number;
  /** Milliseconds from due time to commit, per timer. */
  readonly late: number[];
}

/** Runs one loop together with `alongside` until `expected` timers have fired; checks that each fired once. */
const fire = async (
  db: TestDatabase,
  expected: number,
  alongside: () => Promise<void>,
): Promise<FiringTimes> => {
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
      hasCapacity: () => Promise.resolve(),
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
  await alongside();
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
  mustEqual('distinct timers with an effect', counts!.keys, expected);
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
