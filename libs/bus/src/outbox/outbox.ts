import { toWire } from '../event/cloud-event.js';
import type { Outgoing } from '../event/message.js';
import type { WireMessage } from '../event/wire-message.js';
import type { Database, Transaction } from '../database/database.js';
import { backoffMs } from '../database/transient.js';
import type { BusClient } from '../kafka/bus-client.js';
import { MAX_MESSAGE_BYTES } from '../kafka/limits.js';
import { requirePublishable, Sender, type SendOptions } from '../publish/sender.js';
import { decodeMessages, encodeMessages } from './frames.js';
import { OutboxDepth, type OutboxStatus } from './outbox-depth.js';
import { OutboxRows } from './outbox.store.js';

/** Unpublished transactions of this process after which consumers, timers and decisions wait. */
const MAX_PENDING_ROWS = 8;
/** Bytes of unpublished messages held in memory; beyond it they are read back from the table. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;
/** Interval at which the table is looked at without a decision of this process, ms. */
const POLL_EVERY_MS = 1_000;

/** An event of this service that breaks its own contract or can never be sent: a defect, never the fault of the input. */
export class UnpublishableEvent extends Error {
  override readonly name = 'UnpublishableEvent';
  constructor(type: string, cause: unknown) {
    super(`${type} cannot be published: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** A row of this process; `messages` are held so that they need not be read back, null beyond the limit of memory. */
interface PendingRow {
  readonly messages: readonly WireMessage[] | null;
  readonly bytes: number;
}

/**
 * Publishes what a transaction decided, after its commit, in the order of the decisions. A row stays until the broker has its
 * events, so a crash loses nothing; events may be published twice, and then with the same versions.
 *
 * The order of ids is the order of decisions about one subject: an id is drawn while the subject's row is locked. One
 * publisher at a time (an advisory lock over all processes of the service) sends the rows in that order.
 */
export class Outbox {
  private readonly sender: Sender;
  private readonly table: OutboxRows;
  private readonly depth: OutboxDepth;
  /** Rows of this process that are not known to be published, by id. */
  private readonly pending = new Map<string, PendingRow>();
  private heldBytes = 0;
  private publishing: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private connected = false;
  private fault: string | undefined;
  private poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: BusClient,
    private readonly database: Database,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.sender = new Sender(client);
    this.table = new OutboxRows();
    this.depth = new OutboxDepth(database);
  }

  /**
   * Publishes what an earlier process left, and from then on also looks at the table by the clock: a commit whose answer was
   * lost, or a process that was killed, leaves a row that nobody else would publish. Resolves after the first publish.
   */
  async start(): Promise<void> {
    this.publishSoon();
    await this.publishing;
    this.poll = setInterval(() => void this.look(), POLL_EVERY_MS);
    this.poll.unref();
  }

  /** Rows, bytes and age of what is not published, at the last look; `fault`: why nothing can be published. */
  get status(): OutboxStatus {
    return this.fault === undefined ? this.depth.last : { ...this.depth.last, fault: this.fault };
  }

  /**
   * Runs `work` in a transaction and stores its events in the same commit; they are published right after it.
   * Resolves after the commit. Throws what `work` throws, and then nothing happened.
   *
   * @throws UnpublishableEvent
   */
  async transact<Result>(
    work: (tx: Transaction) => Promise<{ events: readonly Outgoing[]; result: Result }>,
  ): Promise<Result> {
    return this.commit(async (tx) => {
      const { events, result } = await work(tx);
      const time = this.now().toISOString();
      return { messages: events.map((event) => this.toMessage(event, time)), result };
    });
  }

  /** As {@link transact}, for messages that are ready for the wire; `opening` as {@link Database.transaction} takes it. */
  async commit<Result, Opened extends object = never>(
    work: (
      tx: Transaction,
      opened: Opened[],
    ) => Promise<{ messages: readonly WireMessage[]; result: Result }>,
    opening?: string,
  ): Promise<Result> {
    const { id, bytes, messages, result } = await this.database.transaction(async (tx, opened: Opened[]) => {
      const done = await work(tx, opened);
      if (done.messages.length === 0) return { id: undefined, bytes: 0, ...done };
      const frames = encodeMessages(done.messages);
      return { id: await this.table.add(tx, frames), bytes: frames.length, ...done };
    }, opening);
    if (id !== undefined) this.hold(id, messages, bytes);
    return result;
  }

  /** @throws UnpublishableEvent */
  toMessage(event: Outgoing, time: string): WireMessage {
    try {
      const message = toWire(event, this.client.name, time);
      requirePublishable(message, MAX_MESSAGE_BYTES);
      return message;
    } catch (fault) {
      throw new UnpublishableEvent(event.contract.type, fault);
    }
  }

  /** Resolves when the broker is not too far behind what was decided, or `signal` is aborted. */
  async hasCapacity(signal?: AbortSignal): Promise<void> {
    if (this.pending.size < MAX_PENDING_ROWS) return;
    const aborted =
      signal && new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    while (this.pending.size >= MAX_PENDING_ROWS && this.publishing && !signal?.aborted) {
      await (aborted ? Promise.race([this.publishing, aborted]) : this.publishing);
    }
  }

  /** Publishes what it can, then disconnects; the rest stays for the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.poll);
    await this.publishing;
    await this.sender.disconnect();
  }

  private hold(id: string, messages: readonly WireMessage[], bytes: number): void {
    const isHeld = this.heldBytes + bytes <= MAX_HELD_BYTES;
    if (isHeld) this.heldBytes += bytes;
    this.pending.set(id, { messages: isHeld ? messages : null, bytes });
    this.publishSoon();
  }

  private async look(): Promise<void> {
    const { rows } = await this.depth.measure(this.client.log);
    if (rows > 0 && !this.stopped) this.publishSoon();
  }

  private publishSoon(): void {
    this.again = true;
    this.publishing ??= this.publishAll().finally(() => {
      this.publishing = undefined;
      // A decision may have been committed between the last look and now.
      if (this.again && !this.stopped) this.publishSoon();
    });
  }

  private async publishAll(): Promise<void> {
    for (let attempt = 0; this.again;) {
      this.again = false;
      try {
        if (!this.connected) await this.sender.connect();
        this.connected = true;
        if (await this.publishSome()) this.again = true;
        this.fault = undefined;
        attempt = 0;
      } catch (fault) {
        if (this.stopped) return;
        this.again = true;
        attempt += 1;
        this.fault = fault instanceof Error ? fault.message : String(fault);
        this.client.log.warn({ err: fault, attempt }, 'decided events wait in the outbox');
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
      }
    }
  }

  /** Sends the oldest rows, up to a number of bytes. Returns whether there may be more. */
  private async publishSome(): Promise<boolean> {
    // A row of this process that is older than the page and not in it was published by another process.
    const committed = [...this.pending.keys()];
    const held = committed.filter((id) => this.pending.get(id)!.messages !== null);
    const { ids, more } = await this.database.transaction(
      async (tx, page: Parameters<OutboxRows['read']>[0]) => {
        const { rows, partitions, more } = this.table.read(page);
        if (rows.length === 0) return { ids: [], more };
        await this.send(
          rows.flatMap(({ id, frames }) => this.pending.get(id)?.messages ?? decodeMessages(frames!)),
          { minPartitions: partitions, bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0) },
        );
        this.table.raisePartitions(tx, partitions, this.sender.partitions);
        const ids = rows.map(({ id }) => id);
        this.table.delete(tx, ids);
        return { ids, more };
      },
      this.table.opening(held),
    );
    const last = more ? BigInt(ids.at(-1) ?? 0) : undefined;
    for (const id of committed) if (last === undefined || BigInt(id) <= last) this.release(id);
    return more;
  }

  private async send(messages: readonly WireMessage[], options: SendOptions): Promise<void> {
    const [refused] = await this.sender.send(messages, options);
    if (refused) {
      throw new Error(
        `the broker refuses an event ${refused.headers['ce_type']} for its size: raise max.message.bytes of the topic ${refused.topic}`,
      );
    }
  }

  private release(id: string): void {
    const row = this.pending.get(id);
    if (row?.messages) this.heldBytes -= row.bytes;
    this.pending.delete(id);
  }
}
