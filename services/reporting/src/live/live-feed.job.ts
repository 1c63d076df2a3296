import { Clock, Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { FunnelReportStore } from '../funnel/funnel-report.store.js';
import { periodOf } from '../report/period.js';
import { frameOf } from './live-event.js';
import { LiveEventStore, type KeptEvent } from './live-event.store.js';
import { LiveListener } from './live-listener.client.js';
import { Subscriber } from './sse-connection.client.js';

const CHUNK = 500;
/** A reader this many events behind is cut off; it comes again and goes on where it was. */
const MOST_BEHIND = 5_000n;
const HEARTBEAT_MS = 15_000;
const FUNNEL_EVERY_MS = 1_000;
const FORGET_EVERY = 1_000n;

/**
 * Sends what is kept to everybody who reads along. Each reader has its own place; all that are at the same place, which is
 * nearly always everybody, are served by one query. Without readers it does nothing.
 */
@Injectable()
export class LiveFeed {
  private readonly subscribers = new Set<Subscriber>();
  private pumping = false;
  private again = false;
  private forgottenAt = 0n;
  private funnelDue: NodeJS.Timeout | undefined;
  private funnelSentAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly events: LiveEventStore,
    private readonly funnel: FunnelReportStore,
    private readonly listener: LiveListener,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** Begins to listen; ends, with all readers, when the service stops. */
  start(): void {
    const heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.shutdown.signal.addEventListener('abort', () => {
      clearInterval(heartbeat);
      clearTimeout(this.funnelDue);
      this.subscribers.forEach((subscriber) => subscriber.end());
    });
    void this.listener.listen(() => this.wake());
  }

  get readers(): number {
    return this.subscribers.size;
  }

  /** Somebody reads from now on, beginning after the event they saw last. */
  async add(subscriber: Subscriber): Promise<void> {
    this.subscribers.add(subscriber);
    this.wake();
    await this.sendFunnel([subscriber]);
  }

  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
  }

  /** There may be something new, or somebody has room again. */
  readonly wake = (): void => {
    this.again = true;
    if (this.pumping) return;
    this.pumping = true;
    this.pump()
      .catch((err: unknown) => this.logger.warn({ err }, 'live events could not be read now'))
      .finally(() => (this.pumping = false));
  };

  private async pump(): Promise<void> {
    while (this.again) {
      this.again = false;
      const ready = [...this.subscribers].filter((subscriber) => subscriber.ready);
      if (ready.length === 0) return;
      const from = ready.reduce((least, { seen }) => (seen < least ? seen : least), ready[0]!.seen);
      const events = await this.events.after(from, CHUNK);
      const newest = events.at(-1);
      if (!newest) continue;
      ready.forEach((subscriber) => sendAfter(subscriber, events));
      this.dropSlow(BigInt(newest.id));
      if (events.some(({ type }) => type === 'lead')) this.funnelChanged();
      if (events.length === CHUNK) this.again = true;
      await this.forget(BigInt(newest.id));
    }
  }

  private dropSlow(newest: bigint): void {
    for (const subscriber of this.subscribers) {
      if (subscriber.ready || newest - subscriber.seen <= MOST_BEHIND) continue;
      this.logger.info('a reader of the live stream does not read and is cut off');
      subscriber.drop();
      this.subscribers.delete(subscriber);
    }
  }

  private async forget(newest: bigint): Promise<void> {
    if (newest - this.forgottenAt < FORGET_EVERY) return;
    this.forgottenAt = newest;
    await this.events.forget();
  }

  /** The funnel moves with every lead; people are told about once a second. */
  private funnelChanged(): void {
    const wait = Math.max(0, this.funnelSentAt + FUNNEL_EVERY_MS - performance.now());
    this.funnelDue ??= setTimeout(() => {
      this.funnelDue = undefined;
      this.funnelSentAt = performance.now();
      void this.sendFunnel([...this.subscribers]);
    }, wait);
  }

  private async sendFunnel(subscribers: readonly Subscriber[]): Promise<void> {
    const now = this.clock.now();
    try {
      const { groups: _, ...report } = await this.funnel.report(periodOf({}, now), 'channel', now);
      const frame = frameOf('funnel', JSON.stringify(report));
      subscribers.filter(({ ready }) => ready).forEach((subscriber) => subscriber.send(frame));
    } catch (err) {
      this.logger.warn({ err }, 'the funnel could not be read for the live stream');
    }
  }

  /** Keeps connections open through proxies, and finds what a lost notification would have told. */
  private beat(): void {
    this.subscribers.forEach((subscriber) => subscriber.ready && subscriber.send(': still here\n\n'));
    this.wake();
  }
}

const sendAfter = (subscriber: Subscriber, events: readonly KeptEvent[]): void => {
  const fresh = events.filter(({ id }) => BigInt(id) > subscriber.seen);
  const newest = fresh.at(-1);
  if (!newest) return;
  subscriber.send(fresh.map(({ id, type, data }) => frameOf(type, data, id)).join(''));
  subscriber.seen = BigInt(newest.id);
};
