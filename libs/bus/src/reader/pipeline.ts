import { deadLetterTopics, type EventContract } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { toWire, type WireMessage } from '../event/cloud-event.js';
import type { Transaction } from '../database/database.js';
import { fromDeadLetter, toDeadLetter, type DeadLetter } from './dead-letter.js';
import type { DeadLetterHandler, Handler } from './handler.js';
import type { RecordPosition, Received } from '../event/message.js';
import { batchSeconds, messages as counted, retries } from '../metrics.js';
import type { Outbox } from '../outbox/outbox.js';
import { lockingPositions, onlyNewer, partitionName, positionsOf, storePositions } from './positions.js';
import { read } from '../event/classify-record.js';
import { traceBatch } from '../event/trace.js';
import { backoffMs, isTransient } from '../database/transient.js';

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

/** What the messages of some slices turned out to be. */
interface Sorted {
  readonly events: Received[];
  readonly letters: { readonly position: RecordPosition; readonly letter: DeadLetter }[];
  readonly dead: { readonly position: RecordPosition; readonly letter: WireMessage }[];
}

/** Takes slices of partitions through the handlers of their events: effects, positions and what follows in one commit. */
export class Pipeline {
  private readonly wanted: ReadonlyMap<string, EventContract>;
  private readonly deadLetterTopics = new Set(deadLetterTopics().map(({ name }) => name));
  private readonly now: () => Date;

  constructor(
    private readonly options: PipelineOptions,
    private readonly handlers: readonly Handler[],
    private readonly deadLetterHandlers: readonly DeadLetterHandler[],
  ) {
    this.wanted = new Map(
      handlers.flatMap((handler) => handler.events).map((contract) => [contract.type, contract]),
    );
    this.now = options.now ?? (() => new Date());
  }

  /**
   * Tries again while the fault is passing; halves what fails otherwise until the one bad message is found.
   *
   * @param slices of different partitions.
   * @returns for each slice the offset its partition's reader goes on with. It differs from the end of the slice when
   * the stored position stood elsewhere.
   */
  async process(slices: readonly Slice[]): Promise<readonly bigint[]> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.options.stopping()) throw new Stopping();
      try {
        return await this.once(slices);
      } catch (fault) {
        if (this.options.stopping()) throw new Stopping();
        if (!isTransient(fault)) return this.halve(slices, fault);
        this.options.log.warn({ err: fault, attempt }, 'a batch is tried again');
        retries.add(1);
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
        await this.options.alive();
      }
    }
  }

  private async halve(slices: readonly Slice[], fault: unknown): Promise<readonly bigint[]> {
    if (slices.length > 1) {
      const middle = slices.length >> 1;
      const first = await this.process(slices.slice(0, middle));
      return [...first, ...(await this.process(slices.slice(middle)))];
    }
    const slice = slices[0]!;
    if (slice.messages.length === 1) return this.bury(slice, fault);
    const middle = slice.messages.length >> 1;
    const [next] = await this.process([{ ...slice, messages: slice.messages.slice(0, middle) }]);
    const rest = slice.messages.slice(middle);
    if (next! > BigInt(rest[0]!.offset)) return [next!];
    return this.process([{ ...slice, from: next!, messages: rest }]);
  }

  /** The one message nothing can be done with goes to the dead letters, and the reader past it. */
  private async bury(slice: Slice, fault: unknown): Promise<readonly bigint[]> {
    const reason = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
    const place = placeOf(slice, slice.messages[0]!);
    this.options.log.error(
      { err: fault, ...printable(place) },
      'a message could not be handled and is a dead letter now',
    );
    return this.once([slice], reason);
  }

  /** One try in one transaction. With a `verdict`, the one message of the one slice is buried instead of handled. */
  private async once(slices: readonly Slice[], verdict?: string): Promise<readonly bigint[]> {
    const began = performance.now();
    const sorted = verdict === undefined ? this.sort(slices) : this.buried(slices[0]!, verdict);
    const traced = traceBatch(this.options.group, sorted.events);
    try {
      const next = await this.options.outbox.commit(async (tx, locked: Parameters<typeof positionsOf>[2]) => {
        const positions = await positionsOf(tx, slices, locked);
        const advanced = slices.filter((slice) => advances(slice, positions.get(partitionName(slice))!));
        const due = new Map(advanced.map(partitionName).map((name) => [name, positions.get(name)!]));
        const isDue = ({ position: place }: { position: RecordPosition }): boolean => {
          const position = due.get(partitionName(place));
          return position !== undefined && place.offset >= position;
        };
        const result = slices.map((slice) =>
          due.has(partitionName(slice)) ? endOf(slice) : positions.get(partitionName(slice))!,
        );
        if (advanced.length === 0) return { messages: [], result };
        const fresh = await onlyNewer(tx, traced.messages.filter(isDue));
        const letters = sorted.letters.filter(isDue).map(({ letter }) => letter);
        const following = await this.handle(tx, fresh, letters);
        const dead = sorted.dead.filter(isDue);
        storePositions(
          tx,
          advanced.map((slice) => ({ topic: slice.topic, partition: slice.partition, offset: endOf(slice) })),
        );
        count(traced.messages, fresh, dead);
        return { messages: [...following, ...dead.map(({ letter }) => letter)], result };
      }, lockingPositions(slices));
      traced.end();
      batchSeconds.record((performance.now() - began) / 1_000);
      return next;
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

  private sort(slices: readonly Slice[]): Sorted {
    const sorted: Sorted = { events: [], letters: [], dead: [] };
    for (const slice of slices) {
      for (const message of slice.messages) this.sortInto(sorted, message, placeOf(slice, message));
    }
    return sorted;
  }

  private sortInto(sorted: Sorted, message: KafkaMessage, place: RecordPosition): void {
    if (this.deadLetterTopics.has(place.topic)) {
      sorted.letters.push({ position: place, letter: fromDeadLetter(message) });
      return;
    }
    const reading = read(message, place, this.wanted);
    if (reading.kind === 'event') sorted.events.push(reading.event);
    if (reading.kind === 'dead') {
      this.options.log.error(
        { ...printable(place), reason: reading.reason },
        'a message breaks its contract and is a dead letter now',
      );
      sorted.dead.push({ position: place, letter: this.deadLetter(message, place, reading.reason) });
    }
    if (reading.kind === 'passed-by') counted.add(1, { topic: place.topic, outcome: 'passed-by' });
  }

  private buried(slice: Slice, reason: string): Sorted {
    // A dead letter that cannot be handled stays in its own topic; burying it again would never end.
    if (this.deadLetterTopics.has(slice.topic)) return { events: [], letters: [], dead: [] };
    const message = slice.messages[0]!;
    const place = placeOf(slice, message);
    return {
      events: [],
      letters: [],
      dead: [{ position: place, letter: this.deadLetter(message, place, reason) }],
    };
  }

  private deadLetter(message: KafkaMessage, place: RecordPosition, reason: string): WireMessage {
    return toDeadLetter(message, place, this.options.group, reason, this.now());
  }
}

const endOf = ({ messages }: Slice): bigint => BigInt(messages.at(-1)!.offset) + 1n;

/** Compare and advance: false where another reader was here already, or messages before this slice were never seen. */
const advances = (slice: Slice, position: bigint): boolean =>
  position < endOf(slice) && (slice.from <= position || slice.startOfLog === true);

const placeOf = (slice: Slice, message: KafkaMessage): RecordPosition => ({
  topic: slice.topic,
  partition: slice.partition,
  offset: BigInt(message.offset),
});

/** Every event was either handled or known before. */
const count = (
  events: readonly Received[],
  fresh: readonly Received[],
  dead: readonly { readonly position: RecordPosition }[],
): void => {
  const outcomes = new Map<string, { handled: number; known: number; dead: number }>();
  const of = ({ position: { topic } }: { readonly position: RecordPosition }) => {
    let outcome = outcomes.get(topic);
    if (!outcome) outcomes.set(topic, (outcome = { handled: 0, known: 0, dead: 0 }));
    return outcome;
  };
  for (const event of events) of(event).known += 1;
  for (const event of fresh) {
    of(event).known -= 1;
    of(event).handled += 1;
  }
  for (const letter of dead) of(letter).dead += 1;
  for (const [topic, outcome] of outcomes) {
    for (const [name, times] of Object.entries(outcome)) {
      if (times > 0) counted.add(times, { topic, outcome: name });
    }
  }
};

const printable = (place: RecordPosition) => ({ ...place, offset: place.offset.toString() });
