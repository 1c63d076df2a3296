import { eventOf, eventually, testDatabase, type TestDatabase } from '@baton/testing';
import { outgoing } from '@baton/bus';
import { HandoffWarned } from '@baton/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Database } from '@baton/bus';
import { setTimeout as pause } from 'node:timers/promises';
import { effectMigrations, Effects, effectsIn, gate, keysIn, loopOf } from '../spec/effects.js';
import type { TimerLoop } from './timer-loop.js';
import { Timers } from './timers.js';

const HOUR = 3_600_000;
const ago = (ms: number): Date => new Date(Date.now() - ms);
const within = (ms: number): Date => new Date(Date.now() + ms);

describe('TimerLoop', () => {
  let db: TestDatabase;
  /** The connection pool of another process of the same service. */
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
  const schedule = (key: string, dueAt: Date, database = db.database) =>
    database.transaction((tx) => timers.schedule(tx, [{ kind: 'wake', key, dueAt }]));
  const waiting = () => db.database.rows<any>('select key, attempts from timers order by key');

  it('fires timers that came due while no loop was running: once, in the order of their due instants', async () => {
    await schedule('b', ago(1_000));
    await schedule('c', ago(10));
    await schedule('a', ago(HOUR));
    const loop = started(db.database, [new Effects('wake')], { batchSize: 2 });
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b', 'c']));
    await loop.stop();
    started(db.database, [new Effects('wake')]);
    await schedule('d', ago(0));
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b', 'c', 'd']));
    expect(await waiting()).toEqual([]);
  });

  it('fires all that are due at the same instant in one batch', async () => {
    const instant = ago(5);
    await db.database.transaction((tx) =>
      timers.schedule(
        tx,
        ['c', 'a', 'b'].map((key) => ({ kind: 'wake', key, dueAt: instant })),
      ),
    );
    started(db.database, [new Effects('wake')]);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'b', 'c']));
    expect(new Set((await effectsIn(db.database)).map(({ batch }) => batch)).size).toBe(1);
  });

  it('uses only the clock it is given', async () => {
    let now = new Date('2030-01-01T00:00:00Z');
    const clock = { now: () => now };
    const timersOfClock = new Timers(clock);
    await db.database.transaction((tx) =>
      timersOfClock.schedule(tx, [
        { kind: 'wake', key: 'due', dueAt: now },
        { kind: 'wake', key: 'later', dueAt: new Date('2030-01-01T00:00:01Z') },
      ]),
    );
    const instants: Date[] = [];
    const handler = new Effects('wake', 'one', (_, __, at) => void instants.push(at));
    const loop = started(db.database, [handler], { clock });
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['due']));
    now = new Date('2030-01-01T00:00:01Z');
    loop.wake();
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['due', 'later']));
    expect(instants).toEqual([new Date('2030-01-01T00:00:00Z'), new Date('2030-01-01T00:00:01Z')]);
  });

  it('wakes up when another process schedules a timer earlier than the next one', async () => {
    await schedule('far', within(HOUR));
    await schedule('first', ago(1));
    started(db.database, [new Effects('wake')]);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['first']));
    await listening(1);
    await schedule('near', within(30), elsewhere);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['first', 'near']));
  });

  it('gives each kind to its own handler, and leaves kinds without a handler alone', async () => {
    const dueAt = ago(1);
    await db.database.transaction((tx) =>
      timers.schedule(
        tx,
        ['wake', 'digest', 'other'].map((kind) => ({ kind, key: kind, dueAt })),
      ),
    );
    const held = gate();
    const slow = new Effects('digest', 'slow', () => held.opened);
    started(db.database, [slow, new Effects('wake', 'quick')]);
    await eventually(async () =>
      expect(await effectsIn(db.database)).toMatchObject([{ key: 'wake', loop: 'quick' }]),
    );
    held.open();
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['wake', 'digest']));
    expect(await waiting()).toMatchObject([{ key: 'other' }]);
  });

  it('refuses two handlers of one kind', () => {
    expect(() => loopOf(db.database, [new Effects('wake'), new Effects('wake')])).toThrow('same kind');
  });

  it('fires each of 10,000 due timers exactly once with two processes sharing the work', async () => {
    const keys = Array.from({ length: 10_000 }, (_, n) => `lead-${n}`);
    await db.database.transaction((tx) =>
      timers.schedule(
        tx,
        keys.map((key) => ({ kind: 'wake', key, dueAt: ago(1) })),
      ),
    );
    started(db.database, [new Effects('wake', 'one')], { batchSize: 100 });
    started(elsewhere, [new Effects('wake', 'other')], { batchSize: 100 });
    await eventually(async () => expect(await waiting()).toHaveLength(0));
    const effects = await effectsIn(db.database);
    expect(effects.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(new Set(effects.map(({ loop }) => loop))).toEqual(new Set(['one', 'other']));
  });

  it('commits events with the effects', async () => {
    await schedule('a', ago(1));
    const warned = outgoing(HandoffWarned, eventOf(HandoffWarned), 3);
    started(db.database, [new Effects('wake', 'one', () => ({ events: [warned] }))]);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a']));
    expect(await db.database.rows('select * from events')).toEqual([
      { type: HandoffWarned.type, sequence: 3 },
    ]);
  });

  it('fires a timer again that its handler schedules again', async () => {
    await schedule('a', ago(1));
    let rounds = 0;
    const again = new Effects('wake', 'one', async (due, tx) => {
      rounds += 1;
      if (rounds < 3)
        await timers.schedule(
          tx,
          due.map(({ kind, key }) => ({ kind, key, dueAt: within(5) })),
        );
    });
    started(db.database, [again]);
    await eventually(async () => expect(await keysIn(db.database)).toEqual(['a', 'a', 'a']));
    const generations = (await effectsIn(db.database)).map(({ generation }) => generation);
    expect(generations).toEqual([...new Set(generations)].sort((a, b) => a - b));
    expect(await waiting()).toEqual([]);
  });

  describe('concurrent with a cancel or a reschedule', () => {
    it('either fires or is cancelled, never both and never neither', async () => {
      const keys = Array.from({ length: 400 }, (_, n) => `lead-${n}`);
      await db.database.transaction((tx) =>
        timers.schedule(
          tx,
          keys.map((key) => ({ kind: 'wake', key, dueAt: ago(1) })),
        ),
      );
      started(db.database, [new Effects('wake')], { batchSize: 7 });
      const cancelled: string[] = [];
      // In the opposite order of the loop, so that both meet in the middle.
      for (const key of [...keys].sort().reverse()) {
        cancelled.push(...(await elsewhere.transaction((tx) => timers.cancel(tx, 'wake', [key]))));
      }
      await eventually(async () => expect(await waiting()).toHaveLength(0));
      const fired = await keysIn(db.database);
      expect([...fired, ...cancelled].sort()).toEqual([...keys].sort());
    });

    it('gives each of 100,000 that are cancelled when they are due one winner', async () => {
      const [races, together, perMs] = [100_000, 200, 20];
      const keys = Array.from({ length: races }, (_, n) => `lead-${n}`);
      const first = Date.now() + 5_000;
      const dueAt = (n: number): number => first + n / perMs;
      await db.database.transaction((tx) =>
        timers.schedule(
          tx,
          keys.map((key, n) => ({ kind: 'wake', key, dueAt: new Date(dueAt(n)) })),
        ),
      );
      started(db.database, [new Effects('wake')]);
      const cancelled: string[] = [];
      for (let n = 0; n < races; n += together) {
        // Before, while and after the timers of a group become due; later when the machine is slow.
        const offset = ((n / together) % 4) * 5 - 5;
        await pause(Math.max(0, dueAt(n) + offset - Date.now()));
        const group = keys.slice(n, n + together);
        cancelled.push(...(await elsewhere.transaction((tx) => timers.cancel(tx, 'wake', group))));
      }
      await eventually(async () => expect(await waiting()).toHaveLength(0), { within: 60_000 });
      const fired = await keysIn(db.database);
      expect(fired.length).toBeGreaterThan(0);
      expect(cancelled.length).toBeGreaterThan(0);
      expect([...fired, ...cancelled].sort()).toEqual([...keys].sort());
    }, 120_000);

    it('neither fires a timer that is being cancelled nor waits for it', async () => {
      await schedule('a', ago(2));
      await schedule('b', ago(1));
      await elsewhere.transaction(async (tx) => {
        expect(await timers.cancel(tx, 'wake', ['a'])).toEqual(['a']);
        started(db.database, [new Effects('wake')]);
        await eventually(async () => expect(await keysIn(db.database)).toEqual(['b']));
      });
      await schedule('c', ago(0));
      await eventually(async () => expect(await keysIn(db.database)).toEqual(['b', 'c']));
    });

    it('does not cancel a timer that is firing', async () => {
      await schedule('a', ago(1));
      const [firing, held] = [gate(), gate()];
      const slow = new Effects('wake', 'one', async () => {
        firing.open();
        await held.opened;
      });
      started(db.database, [slow]);
      await firing.opened;
      const cancelling = elsewhere.transaction((tx) => timers.cancel(tx, 'wake', ['a']));
      held.open();
      expect(await cancelling).toEqual([]);
      expect(await keysIn(db.database)).toEqual(['a']);
    });

    it('does not fire a timer that is being rescheduled', async () => {
      await schedule('a', ago(1));
      await elsewhere.transaction(async (tx) => {
        await timers.schedule(tx, [{ kind: 'wake', key: 'a', dueAt: within(HOUR) }]);
        started(db.database, [new Effects('wake')]);
        await schedule('b', ago(0));
        await eventually(async () => expect(await keysIn(db.database)).toEqual(['b']));
      });
      await schedule('c', ago(0));
      await eventually(async () => expect(await keysIn(db.database)).toEqual(['b', 'c']));
      expect(await waiting()).toMatchObject([{ key: 'a' }]);
    });
  });

  describe('when the subject is locked', () => {
    const lockingSubjects = new Effects('wake', 'one', async (due, tx) => {
      const keys = due.map(({ key }) => key);
      const locked = await tx.rows<{ id: string }>(
        'select id from things where id = any($1::text[]) order by id for update skip locked',
        [keys],
      );
      const got = new Set(locked.map(({ id }) => id));
      return { busy: keys.filter((key) => !got.has(key)) };
    });

    it('fires the others, retries until the lock is released, and lets the lock holder reschedule the timer', async () => {
      await db.database.rows(`insert into things values ('held'), ('moved'), ('free')`);
      for (const key of ['held', 'moved', 'free']) await schedule(key, ago(1));
      await elsewhere.transaction(async (tx) => {
        await tx.rows(`select from things where id in ('held', 'moved') for update`);
        started(db.database, [lockingSubjects]);
        await eventually(async () => expect(await keysIn(db.database)).toEqual(['free']));
        await timers.schedule(tx, [{ kind: 'wake', key: 'moved', dueAt: within(HOUR) }]);
      });
      await eventually(async () => expect(await keysIn(db.database)).toEqual(['free', 'held']));
      expect(await waiting()).toMatchObject([{ key: 'moved' }]);
    });
  });

  it('finishes the current batch on stop, and leaves the remaining timers due', async () => {
    await schedule('a', ago(2));
    await schedule('b', ago(1));
    const [firing, held] = [gate(), gate()];
    const slow = new Effects('wake', 'one', async () => {
      firing.open();
      await held.opened;
    });
    const loop = started(db.database, [slow], { batchSize: 1 });
    await firing.opened;
    const stopped = loop.stop();
    held.open();
    await stopped;
    expect(await keysIn(db.database)).toEqual(['a']);
    expect(await waiting()).toMatchObject([{ key: 'b' }]);
  });

  const listening = (count: number) =>
    eventually(async () =>
      expect(
        await db.database.rows(
          `select from pg_stat_activity where datname = current_database() and query like 'listen%'`,
        ),
      ).toHaveLength(count),
    );
});
