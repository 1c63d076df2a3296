import type { EventContract } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { toWire, type WireMessage } from './cloud-event.js';
import type { Transaction } from './database.js';
import { fromDeadLetter, toDeadLetter, type DeadLetter } from './dead-letter.js';
import type { DeadLetterHandler, Handler } from './handler.js';
import type { Place, Received } from './message.js';
import { batchSeconds, messages as counted, retries } from './metrics.js';
import type { Outbox } from './outbox.js';
import { lockPosition, onlyNewer, storePosition } from './positions.js';
import { read } from './reading.js';
import { traceBatch } from './trace.js';
import { backoffMs, isTransient } from './transient.js';

/** Some messages of one partition, in order, as they came from the broker. */
export interface Slice {
  /** The topic's name in the catalogue. */
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for: at or below the first message's. */
  readonly from: bigint;
  readonly messages: readonly KafkaMessage[];
  /** The log no longer holds what is below `from`. */
  readonly startOfLog?: boolean;
}

/** `next`: where the partition's reader goes on. It differs from the end of the slice when this reader stood elsewhere. */
export interface Progress {
  readonly next: bigint;
}

export interface PipelineOptions {
  readonly group: string;
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly now?: () => Date;
  /** True once the service stops: nothing new begins and nothing is given up on. */
  readonly stopping: () => boolean;
  /** Called between tries, so that the group does not think this reader dead. */
  readonly alive: () => Promise<void>;
}

/** Thrown when the service stops in the middle of a slice: nothing of it was done. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

interface Sorted {
  readonly events: Received[];
  readonly letters: DeadLetter[];
  readonly dead: WireMessage[];
}

/** Takes slices of one topic through its handlers: effects, position and what follows in one commit. */
export class Pipeline {
  private readonly wanted: ReadonlyMap<string, EventContract>;
  private readonly now: () => Date;

  constructor(
    private readonly options: PipelineOptions,
    private readonly handlers: readonly Handler[],
    private readonly deadLetterHandlers: readonly DeadLetterHandler[] = [],
  ) {
    this.wanted = new Map(
      handlers.flatMap((handler) => handler.events).map((contract) => [contract.type, contract]),
    );
    this.now = options.now ?? (() => new Date());
  }

  /** Tries again while the fault is passing; halves a slice that fails otherwise until the one bad message is found. */
  async process(slice: Slice): Promise<Progress> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.options.stopping()) throw new Stopping();
      try {
        return await this.once(slice);
      } catch (fault) {
        if (this.options.stopping()) throw new Stopping();
        if (!isTransient(fault)) return this.halve(slice, fault);
        this.options.log.warn({ err: fault, topic: slice.topic, attempt }, 'a batch is tried again');
        retries.add(1, { topic: slice.topic });
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
        await this.options.alive();
      }
    }
  }

  private async halve(slice: Slice, fault: unknown): Promise<Progress> {
    if (slice.messages.length === 1) return this.bury(slice, fault);
    const middle = slice.messages.length >> 1;
    const first = await this.process({ ...slice, messages: slice.messages.slice(0, middle) });
    const rest = slice.messages.slice(middle);
    if (first.next > BigInt(rest[0]!.offset)) return first;
    return this.process({ ...slice, from: first.next, messages: rest });
  }

  /** The one message nothing can be done with goes to the dead letters, and the reader past it. */
  private async bury(slice: Slice, fault: unknown): Promise<Progress> {
    const reason = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
    const place = placeOf(slice, slice.messages[0]!);
    this.options.log.error(
      { err: fault, ...printable(place) },
      'a message could not be handled and is a dead letter now',
    );
    return this.once(slice, reason);
  }

  /** One try in one transaction. With a `verdict`, the slice's one message is buried instead of handled. */
  private async once(slice: Slice, verdict?: string): Promise<Progress> {
    const began = performance.now();
    const sorted = verdict === undefined ? this.sort(slice) : this.buried(slice, verdict);
    const traced = traceBatch(this.options.group, sorted.events);
    try {
      const progress = await this.options.outbox.commit(async (tx) => {
        const position = await lockPosition(tx, slice.topic, slice.partition);
        const end = BigInt(slice.messages.at(-1)!.offset) + 1n;
        // Compare and advance: another reader was here already, or messages before this slice were never seen.
        if (position >= end || (slice.from > position && !slice.startOfLog)) {
          return { messages: [], result: { next: position } };
        }
        const fresh = await onlyNewer(
          tx,
          traced.messages.filter((event) => event.place.offset >= position),
        );
        const following = await this.handle(
          tx,
          fresh,
          sorted.letters.filter((_, i) => BigInt(slice.messages[i]!.offset) >= position),
        );
        const dead = sorted.dead.filter(
          (letter) => BigInt(letter.headers['dead_letter_offset']!) >= position,
        );
        await storePosition(tx, { topic: slice.topic, partition: slice.partition, offset: end });
        this.count(slice.topic, fresh.length, traced.messages.length - fresh.length, dead.length);
        return { messages: [...following, ...dead], result: { next: end } };
      });
      traced.end();
      batchSeconds.record((performance.now() - began) / 1_000, { topic: slice.topic });
      return progress;
    } catch (fault) {
      traced.end(fault);
      throw fault;
    }
  }

  private async handle(
    tx: Transaction,
    events: readonly Received[],
    letters: readonly DeadLetter[],
  ): Promise<WireMessage[]> {
    const time = this.now().toISOString();
    const following: WireMessage[] = [];
    for (const handler of this.handlers) {
      const own = events.filter((event) => handler.events.includes(event.contract));
      if (own.length === 0) continue;
      for (const event of await handler.handle(own, tx))
        following.push(toWire(event, this.options.group, time));
    }
    for (const handler of this.deadLetterHandlers) {
      if (letters.length > 0) await handler.handle(letters, tx);
    }
    return following;
  }

  private sort(slice: Slice): Sorted {
    const sorted: Sorted = { events: [], letters: [], dead: [] };
    for (const message of slice.messages) {
      if (this.deadLetterHandlers.length > 0) {
        sorted.letters.push(fromDeadLetter(message));
        continue;
      }
      const place = placeOf(slice, message);
      const reading = read(message, place, this.wanted);
      if (reading.kind === 'event') sorted.events.push(reading.event);
      if (reading.kind === 'dead') {
        this.options.log.error(
          { ...printable(place), reason: reading.reason },
          'a message breaks its contract and is a dead letter now',
        );
        sorted.dead.push(toDeadLetter(message, place, this.options.group, reading.reason, this.now()));
      }
      if (reading.kind === 'passed-by') counted.add(1, { topic: slice.topic, outcome: 'passed-by' });
    }
    return sorted;
  }

  private buried(slice: Slice, reason: string): Sorted {
    // A dead letter that cannot be handled stays in its own topic; burying it again would never end.
    if (this.deadLetterHandlers.length > 0) return { events: [], letters: [], dead: [] };
    const message = slice.messages[0]!;
    return {
      events: [],
      letters: [],
      dead: [toDeadLetter(message, placeOf(slice, message), this.options.group, reason, this.now())],
    };
  }

  private count(topic: string, handled: number, known: number, dead: number): void {
    if (handled > 0) counted.add(handled, { topic, outcome: 'handled' });
    if (known > 0) counted.add(known, { topic, outcome: 'known' });
    if (dead > 0) counted.add(dead, { topic, outcome: 'dead' });
  }
}

const placeOf = (slice: Slice, message: KafkaMessage): Place => ({
  topic: slice.topic,
  partition: slice.partition,
  offset: BigInt(message.offset),
});

const printable = (place: Place) => ({ ...place, offset: place.offset.toString() });
