import { testDatabase, eventually, type TestDatabase } from '@baton/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { claim } from './claim.js';
import { Timers } from './timers.js';
import { timerMigrations } from './timers.migration.js';

const NOW = new Date('2026-01-05T09:00:00Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;

describe('Timers', () => {
  let db: TestDatabase;
  const timers = new Timers({ now: () => NOW });
  beforeAll(async () => {
    db = await testDatabase({ name: 'timers', migrations: timerMigrations });
  });
  afterEach(() => db.database.rows('truncate timers'));
  afterAll(() => db.drop());

  const schedule = (key: string, dueAt: Date, kind = 'wake') =>
    db.database.transaction((tx) => timers.schedule(tx, [{ kind, key, dueAt }]));
  const stored = () =>
    db.database.rows<any>('select kind, key, due_at, generation::int from timers order by kind, key');

  it('reschedules under a generation that only grows, also after the timer fired', async () => {
    await schedule('a', after(1));
    const [first] = await stored();
    await schedule('a', after(2));
    const [second] = await stored();
    await db.database.transaction((tx) => claim(tx, 'wake', after(9), { limit: 1 }));
    await schedule('a', after(3));
    const [third] = await stored();
    expect([first.due_at, second.due_at, third.due_at]).toEqual([after(1), after(2), after(3)]);
    expect(second.generation).toBeGreaterThan(first.generation);
    expect(third.generation).toBeGreaterThan(second.generation);
  });

  it('resets the failed attempts of a parked timer that is scheduled again', async () => {
    await schedule('a', after(1));
    await db.database.rows(`update timers set attempts = 5, last_error = 'broken'`);
    await schedule('a', after(1));
    const found = await db.database.rows('select attempts, last_error from timers');
    expect(found).toEqual([{ attempts: 0, last_error: null }]);
  });

  it('schedules many at once; for the same kind and key the last one counts', async () => {
    await db.database.transaction((tx) =>
      timers.schedule(tx, [
        { kind: 'wake', key: 'b', dueAt: after(1) },
        { kind: 'wake', key: 'a', dueAt: after(2) },
        { kind: 'wake', key: 'b', dueAt: after(3) },
        { kind: 'digest', key: 'b', dueAt: after(4) },
      ]),
    );
    expect(await stored()).toMatchObject([
      { kind: 'digest', key: 'b', due_at: after(4) },
      { kind: 'wake', key: 'a', due_at: after(2) },
      { kind: 'wake', key: 'b', due_at: after(3) },
    ]);
  });

  it('is part of the transaction that schedules it', async () => {
    const undone = db.database.transaction(async (tx) => {
      await timers.schedule(tx, [{ kind: 'wake', key: 'a', dueAt: after(1) }]);
      throw new Error('decided otherwise');
    });
    await expect(undone).rejects.toThrow('decided otherwise');
    expect(await stored()).toEqual([]);
  });

  it('cancels timers of one kind and returns their keys', async () => {
    await schedule('a', after(1));
    await schedule('a', after(1), 'digest');
    await schedule('b', after(1));
    const cancelled = await db.database.transaction((tx) => timers.cancel(tx, 'wake', ['a', 'never-set']));
    expect(cancelled).toEqual(['a']);
    expect(await stored()).toMatchObject([
      { kind: 'digest', key: 'a' },
      { kind: 'wake', key: 'b' },
    ]);
  });

  it('cancels a timer that is being rescheduled by another transaction', async () => {
    await schedule('a', after(1));
    let cancelling: Promise<string[]> | undefined;
    await db.database.transaction(async (moving) => {
      await timers.schedule(moving, [{ kind: 'wake', key: 'a', dueAt: after(HOUR) }]);
      cancelling = db.database.transaction((tx) => timers.cancel(tx, 'wake', ['a']));
      await eventually(async () => {
        expect(
          await db.database.rows(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        ).toHaveLength(1);
      });
    });
    expect(await cancelling).toEqual(['a']);
    expect(await stored()).toEqual([]);
  });

  it('locks in the order of keys, so that two transactions cancelling the same timers cannot deadlock', async () => {
    for (const key of ['c', 'b', 'a']) await schedule(key, after(1));
    let cancelling: Promise<string[]> | undefined;
    await db.database.transaction(async (tx) => {
      await tx.rows(`select from timers where key = 'b' for update`);
      cancelling = db.database.transaction((other) => timers.cancel(other, 'wake', ['c', 'b', 'a']));
      await eventually(async () =>
        expect(
          await db.database.rows(`select key from timers where key <> 'b' for update skip locked`),
        ).toEqual([{ key: 'c' }]),
      );
    });
    expect((await cancelling)?.sort()).toEqual(['a', 'b', 'c']);
  });

  it('returns the next due instant of each kind', async () => {
    await schedule('a', after(2));
    await schedule('b', after(1));
    await schedule('a', after(0), 'digest');
    expect(await timers.next(db.database, 'wake')).toEqual(after(1));
    expect(await timers.next(db.database, 'unknown')).toBeUndefined();
  });

  it('notifies only of timers due soon', async () => {
    const listener = new pg.Client({ connectionString: db.url });
    await listener.connect();
    const payloads: string[] = [];
    listener.on('notification', ({ payload }) => payloads.push(payload ?? ''));
    await listener.query('listen "timers:timers"');
    await schedule('far', after(HOUR));
    await db.database.transaction((tx) =>
      timers.schedule(tx, [
        { kind: 'wake', key: 'far', dueAt: after(HOUR) },
        { kind: 'wake', key: 'second', dueAt: after(2) },
        { kind: 'wake', key: 'first', dueAt: after(1) },
      ]),
    );
    await schedule('last', after(3));
    await eventually(() => expect(payloads).toContain(`wake ${after(3).getTime()}`));
    expect(payloads).toEqual([`wake ${after(1).getTime()}`, `wake ${after(3).getTime()}`]);
    await listener.end();
  });

  it('reads a few pages for the next timer and for a claim, with 50,000 timers waiting', async () => {
    await db.database.rows(
      `insert into timers (kind, key, due_at) select 'wake', n::text, $1::timestamptz + n * interval '1 s' from generate_series(1, 50000) n`,
      [after(HOUR).toISOString()],
    );
    await db.database.rows('analyze timers');
    const seen: number[] = [];
    const explaining = {
      rows: async (sql: string, values: readonly unknown[] = []) => {
        const [row] = await db.database.rows<any>(`explain (analyze, buffers, format json) ${sql}`, values);
        const [{ Plan: plan }] = row['QUERY PLAN'];
        seen.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
        return [];
      },
    };
    await timers.next(explaining as never, 'wake');
    await claim(explaining as never, 'wake', NOW, { limit: 1_000 });
    expect(seen).toHaveLength(2);
    for (const pages of seen) expect(pages).toBeLessThan(10);
  });
});
