import type { LocalJson } from '@baton/testing';
import { timerMigrations, TimerLoop, Timers, type TimerHandler } from '@baton/timers';
import { pino } from 'pino';
import { FiredEffects, numberFrom, type DueKey } from './fired-effects.js';
import type { FiringSide, OnFired } from './firing-side.js';

const KIND = 'handoff';
const clock = { now: () => new Date() };

/** libs/timers, as routing runs it. */
export class BatonSide implements FiringSide {
  readonly name = 'baton';
  readonly detail = 'effect, event and end of the timer in one transaction';
  private readonly timers = new Timers(clock);
  private loop: TimerLoop | undefined;
  /** Due instants of the timers that the open transaction fires. */
  private inTransaction: number[] = [];

  private constructor(readonly effects: FiredEffects) {}

  static async open(local: LocalJson): Promise<BatonSide> {
    return new BatonSide(await FiredEffects.open(local, 'bench_baton', timerMigrations));
  }

  async schedule(timers: readonly DueKey[]): Promise<void> {
    await this.effects.db.database.transaction((tx) =>
      this.timers.schedule(
        tx,
        timers.map(({ key, dueAt }) => ({ kind: KIND, key, dueAt: new Date(dueAt) })),
      ),
    );
  }

  start(onFired: OnFired): Promise<void> {
    const { db, outbox } = this.effects;
    this.loop = new TimerLoop({
      database: db.database,
      handlers: [this.handler()],
      clock,
      log: pino({ level: 'warn' }),
      outbox: {
        hasCapacity: (signal) => outbox.hasCapacity(signal),
        transact: async (work) => {
          this.inTransaction = [];
          const result = await outbox.transact(work);
          onFired(this.inTransaction);
          return result;
        },
      },
    });
    this.loop.start();
    return Promise.resolve();
  }

  /** A timer ends in the transaction of its effects. */
  ended(): Promise<void> {
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
    this.loop = undefined;
  }

  waiting(): Promise<number> {
    return numberFrom(this.effects.db, 'select count(*) from timers');
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.effects.close();
  }

  private handler(): TimerHandler {
    return {
      kind: KIND,
      fire: async (due, _now, tx) => {
        const timers = due.map(({ key, dueAt }) => ({ key, dueAt: dueAt.getTime() }));
        const events = await this.effects.write(tx, timers);
        this.inTransaction = timers.map(({ dueAt }) => dueAt);
        return { events };
      },
    };
  }
}
