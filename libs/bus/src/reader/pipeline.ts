import type { Logger } from 'pino';
import type { Transaction } from '../database/database.js';
import { backoffMs } from '../database/transient.js';
import type { Received } from '../event/message.js';
import { traceBatch } from '../event/trace.js';
import type { WireMessage } from '../event/wire-message.js';
import { batchSeconds, retries } from '../metrics.js';
import type { Outbox } from '../outbox/outbox.js';
import { decodeBatches, deadBatch, type Decoded } from './decode-batches.js';
import { addDeadLetters, endReread, keyOf } from './dead-letter.store.js';
import { WHILE_NOBODY_ERASES, withoutErasedLeads } from './erased-leads.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import { faultKindOf, MAX_CONFLICT_TRIES, reasonOf } from './faults.js';
import { countOutcomes } from './outcomes.js';
import { endOf, partitionName, positionIn, printable, type PartitionBatch } from './partition-batch.js';
import { lockingPositions, positionsOf, storePositions, type Position } from './positions.js';
import { wantedBy, type Reader } from './reader.js';
import type { ReaderStatus } from './reader-state.js';
import { sortSeen } from './sequences.js';

/** Longest pause between two tries of a reader that is blocked, ms: it goes on by itself after the mend. */
const MAX_BLOCKED_PAUSE_MS = 5_000;

export interface PipelineOptions {
  /** Name under which positions and sequences are stored. */
  readonly key: string;
  readonly reader: Reader;
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly status: ReaderStatus;
  readonly breaker: CircuitBreaker;
  readonly now: () => Date;
  /** Aborted when the reader stops: nothing new begins. */
  readonly stopping: AbortSignal;
  /** Called between tries, so that the group does not take this member for dead. */
  readonly heartbeat: () => Promise<void>;
  /** Statements before the positions are locked. */
  readonly opening?: string;
  /** Follow-up events are dropped: a rebuild repeats what was published long ago. */
  readonly silent?: boolean;
}

/** Thrown when the reader stops in the middle of a batch: nothing of it was done. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

/** Takes batches of partitions through the handlers of their events: effects, positions and follow-up events in one commit. */
export class Pipeline {
  private readonly wanted: ReturnType<typeof wantedBy>;

  constructor(private readonly options: PipelineOptions) {
    this.wanted = wantedBy(options.reader);
  }

  /**
   * Retries while the fault is transient; halves what fails otherwise until the one message is found: a broken input becomes
   * a dead letter, and for a defect the reader waits at that message, trying again every few seconds.
   *
   * @param batches of different partitions of one topic.
   * @returns for each batch the offset its partition is read from next. It differs from the end of the batch when the
   * stored position was another one.
   * @throws Stopping
   */
  async process(batches: readonly PartitionBatch[]): Promise<readonly bigint[]> {
    const { status, stopping } = this.options;
    try {
      for (let tries = 1; ; tries += 1) {
        if (stopping.aborted) throw new Stopping();
        try {
          return await this.once(batches);
        } catch (fault) {
          if (stopping.aborted) throw new Stopping();
          const kind = faultKindOf(fault);
          const isRetried = kind === 'away' || (kind === 'conflict' && tries < MAX_CONFLICT_TRIES);
          if (!isRetried && messagesIn(batches) > 1) return await this.halve(batches);
          if (kind === 'input' && !this.options.breaker.isOpen) return await this.deadLetter(batches, fault);
          if (isRetried) await this.pause(fault, tries, backoffMs(tries));
          else await this.block(batches, fault, tries);
        }
      }
    } finally {
      status.unblock(batches);
    }
  }

  /** Handles the halves one after the other. What fails there is halved again. */
  private async halve(batches: readonly PartitionBatch[]): Promise<readonly bigint[]> {
    if (batches.length > 1) {
      const middle = batches.length >> 1;
      const first = await this.process(batches.slice(0, middle));
      return [...first, ...(await this.process(batches.slice(middle)))];
    }
    const [batch] = batches as [PartitionBatch];
    const middle = batch.messages.length >> 1;
    const [next] = await this.process([{ ...batch, messages: batch.messages.slice(0, middle) }]);
    const rest = batch.messages.slice(middle);
    if (next! > BigInt(rest[0]!.offset)) return [next!];
    // The position went back meanwhile (a rewind): the rest comes again after a seek.
    if (next! < BigInt(batch.messages[0]!.offset)) return [next!];
    return this.process([{ ...batch, from: next!, messages: rest }]);
  }

  /** The one message becomes a dead letter, and the position moves behind it. */
  private async deadLetter([batch]: readonly PartitionBatch[], fault: unknown): Promise<readonly bigint[]> {
    const { log, reader, breaker } = this.options;
    const position = positionIn(batch!, batch!.messages[0]!);
    log.error(
      { err: fault, reader: reader.name, ...printable(position) },
      'a message could not be handled and is a dead letter now',
    );
    const next = await this.once([batch!], reasonOf(fault));
    breaker.failed();
    return next;
  }

  private async pause(fault: unknown, tries: number, ms: number): Promise<void> {
    this.options.log.warn({ err: fault, tries, reader: this.options.reader.name }, 'a batch is retried');
    retries.add(1);
    await wait(ms, this.options.stopping);
    await this.options.heartbeat();
  }

  private async block(batches: readonly PartitionBatch[], fault: unknown, tries: number): Promise<void> {
    const { log, reader, status, stopping, breaker } = this.options;
    const position = printable(positionIn(batches[0]!, batches[0]!.messages[0]!));
    const cause = breaker.isOpen ? 'too many messages in a row failed; the last one with ' : '';
    const reason = `${cause}${reasonOf(fault)} at ${position.topic}/${position.partition} offset ${position.offset}`;
    if (tries === 1 || tries % 12 === 0)
      log.error({ err: fault, reader: reader.name, ...position }, `the reader is blocked: ${reason}`);
    status.block(batches, reason);
    await wait(Math.min(MAX_BLOCKED_PAUSE_MS, 250 * 2 ** Math.min(tries, 8)), stopping);
    await this.options.heartbeat();
  }

  /** One try in one transaction. With a `verdict` the one message becomes a dead letter instead of being handled. */
  private async once(batches: readonly PartitionBatch[], verdict?: string): Promise<readonly bigint[]> {
    const began = performance.now();
    const { key, reader, log } = this.options;
    const decoded =
      verdict === undefined
        ? decodeBatches(batches, this.wanted, { reader, log })
        : deadBatch(batches[0]!, verdict);
    const traced = traceBatch(key, decoded.events);
    try {
      const next = await this.options.outbox.commit(
        (tx, locked: Position[]) => this.apply(tx, locked, batches, { ...decoded, events: traced.messages }),
        `${this.options.opening ?? ''} ${reader.passesErasedBy ? WHILE_NOBODY_ERASES : ''} ${lockingPositions(key, batches)}`,
      );
      traced.end();
      batchSeconds.record((performance.now() - began) / 1_000);
      return next;
    } catch (fault) {
      traced.end(fault);
      throw fault;
    }
  }

  private async apply(
    tx: Transaction,
    locked: readonly Position[],
    batches: readonly PartitionBatch[],
    decoded: Decoded,
  ): Promise<{ messages: readonly WireMessage[]; result: readonly bigint[] }> {
    const { key } = this.options;
    const positions = await positionsOf(tx, key, batches, locked);
    const nextOf = (batch: PartitionBatch) => BigInt(positions.get(partitionName(batch))!.next_offset);
    const advanced = batches.filter((batch) => advances(batch, nextOf(batch)));
    const due = new Map(advanced.map((batch) => [partitionName(batch), nextOf(batch)]));
    const result = batches.map((batch) => (due.has(partitionName(batch)) ? endOf(batch) : nextOf(batch)));
    if (advanced.length === 0) return { messages: [], result };
    const isDue = ({ position }: Pick<Received, 'position'>): boolean => {
      const next = due.get(partitionName(position));
      return next !== undefined && position.offset >= next;
    };
    const sorted = await sortSeen(
      tx,
      key,
      decoded.events
        .map((event, index) => ({ event, hash: decoded.hashes[index]! }))
        .filter(({ event }) => isDue(event)),
    );
    const messages = await this.handle(tx, sorted.fresh);
    const dead = [...decoded.dead.filter(isDue), ...decoded.conflictLetters(sorted.conflicts)];
    await addDeadLetters(tx, key, dead);
    await this.endReread(tx, advanced, positions, sorted.fresh);
    storePositions(tx, key, advanced);
    if (sorted.fresh.length > 0) this.options.breaker.succeeded();
    countOutcomes(this.options, { topic: batches[0]!.topic, decoded, sorted, dead });
    return { messages: this.options.silent ? [] : messages, result };
  }

  private async handle(tx: Transaction, fresh: readonly Received[]): Promise<WireMessage[]> {
    const { reader, outbox, now } = this.options;
    const events = reader.passesErasedBy ? await withoutErasedLeads(tx, fresh) : fresh;
    const time = now().toISOString();
    const following: WireMessage[] = [];
    for (const handler of reader.handlers) {
      const own = events.filter((event) => handler.events.includes(event.contract));
      if (own.length === 0) continue;
      for (const event of await handler.handle(own, tx)) following.push(outbox.toMessage(event, time));
    }
    return following;
  }

  /** Handles one dead letter that was put back, in the transaction given. @throws what its handler throws */
  async redeliver(tx: Transaction, event: Received): Promise<WireMessage[]> {
    return this.handle(tx, [event]);
  }

  private async endReread(
    tx: Transaction,
    batches: readonly PartitionBatch[],
    positions: ReadonlyMap<string, Position>,
    handled: readonly Received[],
  ): Promise<void> {
    const reread = batches.filter(
      (batch) => batch.from < BigInt(positions.get(partitionName(batch))!.reread_until),
    );
    if (reread.length === 0) return;
    const keys = new Set(handled.map(({ position }) => keyOf(position, position.offset)));
    await endReread(tx, this.options.key, reread, keys);
  }
}

const messagesIn = (batches: readonly PartitionBatch[]): number =>
  batches.reduce((sum, { messages }) => sum + messages.length, 0);

/** Compare and advance: false where another process was here already, or messages before this batch were never seen. */
const advances = (batch: PartitionBatch, position: bigint): boolean =>
  position < endOf(batch) && (batch.from <= position || batch.startOfLog === true);

/** Waits, at most until `signal` is aborted. */
const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
