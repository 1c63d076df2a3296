import { BusClient, busMigrations, Outbox, provisionTopics, topicEnds, type Outgoing } from '@baton/bus';
import { HandoffBreached, type HandoffBreachedV1 } from '@baton/contracts';
import type { LocalJson, TestDatabase } from '@baton/testing';
import { timerMigrations, TimerLoop, Timers, type DueTimer, type TimerHandler } from '@baton/timers';
import { pino } from 'pino';
import { mustEqual } from '../result.js';
import {
  databaseWithEffects,
  effectsOf,
  INSERT_EFFECTS,
  numberFrom,
  untilNone,
  type DueKey,
  type FiringSide,
  type OnFired,
} from './firing-side.js';

const KIND = 'handoff';
/** Of the stack's topics, so that no service reads what the bench publishes. */
const TOPIC_PREFIX = 'bench-timers.';
const TOPIC = 'handoffs';
const clock = { now: () => new Date() };

/** libs/timers with the real outbox: each firing publishes `handoff.breached.v1`, as routing does. */
export class BatonSide implements FiringSide {
  readonly name: string;
  readonly detail: string;
  private readonly timers = new Timers(clock);
  private loop: TimerLoop | undefined;
  private onFired: OnFired = () => undefined;
  private published = 0;
  /** Due instants of the timers that the open transaction fires. */
  private inTransaction: number[] = [];

  private constructor(
    readonly db: TestDatabase,
    private readonly client: BusClient,
    private readonly outbox: Outbox,
    private readonly hasEvents = true,
  ) {
    this.name = hasEvents ? 'baton' : 'baton without events';
    this.detail = `effect and end of the timer in one transaction; ${hasEvents ? 'each firing published to Kafka through the outbox' : 'nothing published'}`;
  }

  static async open({ database: pgUrl, kafka }: LocalJson): Promise<BatonSide> {
    const log = pino({ level: 'warn' });
    const brokers = [kafka];
    await provisionTopics({ brokers, log, topicPrefix: TOPIC_PREFIX });
    const db = await databaseWithEffects(pgUrl, 'bench_baton', [...busMigrations, ...timerMigrations]);
    const client = new BusClient({ name: 'routing', brokers, log, topicPrefix: TOPIC_PREFIX });
    const outbox = new Outbox(client, db.database);
    await outbox.start();
    return new BatonSide(db, client, outbox);
  }

  /** The same timers with a handler that publishes nothing, as the other programs. Closed with this one. */
  withoutEvents(): FiringSide {
    return new BatonSide(this.db, this.client, this.outbox, false);
  }

  async schedule(timers: readonly DueKey[]): Promise<void> {
    await this.db.database.transaction((tx) =>
      this.timers.schedule(
        tx,
        timers.map(({ key, dueAt }) => ({ kind: KIND, key, dueAt: new Date(dueAt) })),
      ),
    );
  }

  async start(onFired: OnFired): Promise<void> {
    this.onFired = onFired;
    this.published = await this.endOfTopic();
    this.loop = new TimerLoop({
      database: this.db.database,
      handlers: [this.handler()],
      clock,
      log: pino({ level: 'warn' }),
      outbox: {
        hasCapacity: (signal) => this.outbox.hasCapacity(signal),
        transact: async (work) => {
          this.inTransaction = [];
          const result = await this.outbox.transact(work);
          this.onFired(this.inTransaction);
          return result;
        },
      },
    });
    this.loop.start();
  }

  /** Until the broker has acknowledged every event. */
  settled(): Promise<void> {
    return untilNone(this.db, 'rows of the outbox', 'select count(*) from outbox', 5);
  }

  async stop(): Promise<void> {
    await this.loop?.stop();
    this.loop = undefined;
  }

  waiting(): Promise<number> {
    return numberFrom(this.db, 'select count(*) from timers');
  }

  async check(fired: number): Promise<void> {
    mustEqual('published events', (await this.endOfTopic()) - this.published, this.hasEvents ? fired : 0);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.outbox.stop();
    await this.db.drop();
  }

  private handler(): TimerHandler {
    return {
      kind: KIND,
      fire: async (due, now, tx) => {
        const timers = due.map(({ key, dueAt }) => ({ key, dueAt: dueAt.getTime() }));
        await tx.rows(INSERT_EFFECTS, effectsOf(timers));
        this.inTransaction = timers.map(({ dueAt }) => dueAt);
        return { events: this.hasEvents ? due.map((timer) => breached(timer, now)) : [] };
      },
    };
  }

  private async endOfTopic(): Promise<number> {
    return (await topicEnds(this.client, [TOPIC]))[TOPIC]!;
  }
}

const breached = ({ key, dueAt, generation }: DueTimer, now: Date): Outgoing<HandoffBreachedV1> => ({
  contract: HandoffBreached,
  data: {
    ...HandoffBreached.example,
    handoffId: key,
    leadId: key,
    dueAt: dueAt.toISOString(),
    breachedAt: now.toISOString(),
  },
  sequence: generation,
});
