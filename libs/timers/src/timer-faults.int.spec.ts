import { observed, sumOf } from '../spec/measurements.js';
import { Database } from '@baton/bus';
import { eventually, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import pino from 'pino';
import { DataSource } from 'typeorm';
import { effectMigrations, Effects, effectsIn, gate, keysIn, loopOf, outboxOf } from '../spec/effects.js';
import type { TimerLoop } from './timer-loop.js';
import { Timers } from './timers.js';

const HOUR = 3_600_000;
const ago = (ms: number): Date => new Date(Date.now() - ms);

describe('TimerLoop under faults', () => {
  let db: TestDatabase;
  let elsewhere: Database;
  const loops: TimerLoop[] = [];
  const timers = new Timers({ now: () => new Date() });

  beforeAll(async () => {
    db = await testDatabase({ name: 'timers', migrations: effectMigrations });
    elsewhere = new Database(await new DataSource(db.source.options).initialize());
  });
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    await db.database.rows('truncate timers, effects, events, things');
  });
  afterAll(async () => {
    await elsewhere.source.destroy();
    await db.drop();
  });

  const started = (...args: Parameters<typeof loopOf>): TimerLoop => {
    const loop = loopOf(...args);
    loops.push(loop);
    loop.start();
    return loop;
  };
  const schedule = (keys: readonly string[], dueAt = ago(1), database = db.database) =>
    database.transaction((tx) =>
      timers.schedule(
        tx,
        keys.map((key) => ({ kind: 'wake', key, dueAt })),
      ),
    );
  const waiting = () =>
    db.database.rows<any>('select key, attempts, last_error, due_at from timers order by key');
  const endOtherConnections = (where = 'true') =>
    db.database.transaction((tx) =>
      tx.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and ${where}`,
      ),
    );

  it('leaves no effect of a firing whose process dies in the middle', async () => {
    await schedule(['a', 'b', 'c']);
    const [wrote, end] = [gate(), gate()];
    const dying = new Effects('wake', 'dying', async (due, tx) => {
      await tx.rows(`insert into effects (key, loop) select unnest($1::text[]), 'half'`, [
        due.map(({ key }) => key),
      ]);
      wrote.open();
      await end.opened;
    });
    const doomed = new Database(await new DataSource(db.source.options).initialize());
    const dead = started(doomed, [dying]);
    await wrote.opened;
    started(elsewhere, [new Effects('wake', 'living')]);
    await schedule(['d']);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['d']));
    await endOtherConnections(`state = 'idle in transaction'`);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['d', 'a', 'b', 'c']));
    expect(new Set((await effectsIn(db.database)).map(({ loop }) => loop))).toEqual(new Set(['living']));
    const stopped = dead.stop();
    end.open();
    await stopped;
    await doomed.source.destroy();
  });

  it('continues after the server terminated all connections, and receives notifications again', async () => {
    started(elsewhere, [new Effects('wake')]);
    await schedule(['a']);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a']));
    await listening();
    await endOtherConnections();
    await listening();
    await schedule(['b'], new Date(Date.now() + 30));
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b']));
  });

  it('fires timers scheduled while it could not listen', async () => {
    started(elsewhere, [new Effects('wake')]);
    await schedule(['a']);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a']));
    await listening();
    const server = new pg.Client({ connectionString: db.url.replace(/[^/]*$/, 'postgres') });
    await server.connect();
    const name = new URL(db.url).pathname.slice(1);
    await server.query(`alter database "${name}" allow_connections false`);
    await endOtherConnections(`query like 'listen%'`);
    await schedule(['b'], new Date(Date.now() + 30));
    await server.query(`alter database "${name}" allow_connections true`);
    await server.end();
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b']));
  });

  it('finds timers without a notification by polling', async () => {
    const loop = loopOf(db.database, [new Effects('wake')], { pollMs: 20 });
    loops.push(loop);
    loop.start();
    await schedule(['a']);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a']));
    await db.database.rows(`insert into timers (kind, key, due_at) values ('wake', 'unnotified', now())`);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'unnotified']));
  });

  it('retries after a transient fault without counting it against a timer', async () => {
    await schedule(['a', 'b']);
    let tries = 0;
    const unlucky = new Effects('wake', 'one', () => {
      tries += 1;
      if (tries < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    const { log, errors } = recordingLog();
    started(db.database, [unlucky], { log });
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b']));
    expect(tries).toBe(3);
    expect(errors()).toEqual([]);
  });

  it('claims one batch at a time while the outbox has no capacity, and stops without waiting for it', async () => {
    const keys = Array.from({ length: 50 }, (_, n) => `lead-${n}`);
    await schedule(keys);
    let capacity = gate();
    const outbox = { ...outboxOf(db.database), hasCapacity: () => capacity.opened };
    const loop = started(db.database, [new Effects('wake')], { outbox, batchSize: 10 });
    await listening();
    expect(await keysIn(db.database)).toEqual([]);
    const blocked = gate();
    const opened = capacity;
    capacity = blocked;
    opened.open();
    await eventually(async () => expect(await keysIn(db.database)).toHaveLength(10));
    await loop.stop();
    expect(await waiting()).toHaveLength(40);
    expect(await keysIn(db.database)).toHaveLength(10);
  });

  it('reports waiting, overdue and parked timers of each kind', async () => {
    await schedule(['a', 'b', 'c'], ago(HOUR));
    await db.database.rows(`update timers set attempts = 3, due_at = now() + interval '1 h' where key = 'c'`);
    const capacity = gate();
    const outbox = { ...outboxOf(db.database), hasCapacity: () => capacity.opened };
    const handlers = [new Effects('wake'), new Effects('idle')];
    const loop = started(db.database, handlers, { outbox });
    await eventually(() => expect(observed()['baton_timers_waiting wake']).toBe(3));
    expect(observed()).toMatchObject({ 'baton_timers_parked wake': 1, 'baton_timers_waiting idle': 0 });
    expect(observed()['baton_timers_overdue_seconds wake']).toBeGreaterThanOrEqual(3_600);
    expect(observed()['baton_timers_overdue_seconds idle']).toBe(0);
    await loop.stop();
    expect(observed()).toEqual({});
  });

  describe('a timer that cannot fire', () => {
    let now: Date;
    const clock = { now: () => now };
    let cured = false;
    const choosy = new Effects('wake', 'one', (due) => {
      if (!cured && due.some(({ key }) => key.endsWith('bad'))) throw new Error('rejected by the handler');
    });
    const keys = Array.from({ length: 200 }, (_, n) => (n === 70 || n === 151 ? `${n}-bad` : `${n}`));

    beforeEach(() => {
      now = new Date(Date.now() + HOUR);
      cured = false;
    });

    it('is parked and logged while all others fire, and fires once the cause is gone', async () => {
      ['baton_timers_failed', 'baton_timers_fired', 'baton_timers_batch'].forEach(sumOf);
      await schedule(keys);
      const { log, errors } = recordingLog();
      const loop = started(db.database, [choosy], { log, clock });
      const good = keys.filter((key) => !key.endsWith('bad')).sort();
      const due_at = new Date(now.getTime() + 1_000);
      const last_error = 'Error: rejected by the handler';
      await eventually(async () =>
        expect(await waiting()).toEqual([
          { key: '151-bad', attempts: 1, last_error, due_at },
          { key: '70-bad', attempts: 1, last_error, due_at },
        ]),
      );
      expect((await keysIn(db.database)).sort()).toEqual(good);
      await eventually(() => expect(errors()).toHaveLength(2));
      expect(sumOf('baton_timers_failed')).toBe(2);
      expect(sumOf('baton_timers_fired')).toBe(198);
      expect(sumOf('baton_timers_batch')).toBe(198);
      expect(errors()[0]).toMatchObject({
        kind: 'wake',
        attempts: 1,
        err: { message: 'rejected by the handler' },
      });

      cured = true;
      now = due_at;
      loop.wake();
      await eventually(async () => expect((await keysIn(db.database)).sort()).toEqual([...keys].sort()));
      expect(await waiting()).toEqual([]);
    });

    it('is retried at doubling intervals until it is scheduled again', async () => {
      await schedule(['bad']);
      const { log, errors } = recordingLog();
      const loop = started(db.database, [choosy], { log, clock });
      const pauses: number[] = [];
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await eventually(() => expect(errors()).toHaveLength(attempt));
        const [{ due_at, attempts }] = await waiting();
        expect(attempts).toBe(attempt);
        pauses.push(due_at.getTime() - now.getTime());
        now = due_at;
        loop.wake();
      }
      expect(pauses).toEqual([1_000, 2_000, 4_000]);
      cured = true;
      await schedule(['bad']);
      await eventually(async () => expect(await keysIn(db.database)).toEqual(['bad']));
    });
  });

  const listening = () =>
    eventually(async () => {
      const client = new pg.Client({ connectionString: db.url });
      await client.connect();
      const { rowCount } = await client.query(
        `select from pg_stat_activity where datname = current_database() and query like 'listen%'`,
      );
      await client.end();
      expect(rowCount).toBe(1);
    });
});

const recordingLog = () => {
  const lines: string[] = [];
  const stream = new PassThrough().on('data', (chunk) => lines.push(String(chunk)));
  const log = pino({ level: 'error' }, stream);
  return { log, errors: () => lines.map((line) => JSON.parse(line)) };
};
