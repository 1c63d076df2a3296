import { toWire, type WireMessage } from '../event/cloud-event.js';
import type { Database, Transaction } from '../database/database.js';
import type { BusClient } from '../kafka/bus-client.js';
import type { Outgoing } from '../event/message.js';
import { Sender } from '../publish/publisher.js';
import { backoffMs } from '../database/transient.js';

/** Rows sent in one go. */
const MOST_ROWS = 64;
/** Decisions may run ahead of the broker by this many rows; then they wait. */
const MOST_BEHIND = 8;

interface Row {
  readonly id: string;
  readonly messages?: WireMessage[];
}

/**
 * Publishes what a transaction decided, after it committed, in the order of the decisions. A row stays until the broker
 * has it, so a crash leaves nothing unsaid; it may be said twice, and then with the same versions.
 *
 * The order of ids is the order of decisions about one thing: an id is drawn while the thing's row is locked. One
 * publisher at a time (an advisory lock over all processes of the service) sends the rows in that order.
 */
export class Outbox {
  private readonly sender: Sender;
  /** Messages of rows this process wrote, so that they are not read back. */
  private readonly own = new Map<string, WireMessage[]>();
  private publishing: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private connected = false;

  constructor(
    private readonly client: BusClient,
    private readonly database: Database,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.sender = new Sender(client);
  }

  /** Publishes what an earlier process left behind; waits for the broker. */
  async start(): Promise<void> {
    this.publishSoon();
    await this.publishing;
  }

  /**
   * Runs `work` in a transaction and keeps its events in the same commit; they are published right after it.
   * Resolves after the commit. Throws what `work` throws, and then nothing happened.
   */
  async transact<Result>(
    work: (tx: Transaction) => Promise<{ events: readonly Outgoing[]; result: Result }>,
  ): Promise<Result> {
    return this.commit(async (tx) => {
      const { events, result } = await work(tx);
      const time = this.now().toISOString();
      return { messages: events.map((event) => toWire(event, this.client.name, time)), result };
    });
  }

  /** As {@link transact}, for messages that are ready for the wire; with `opening` as {@link Database.transaction} takes it. */
  async commit<Result, Opened extends object = never>(
    work: (
      tx: Transaction,
      opened: Opened[],
    ) => Promise<{ messages: readonly WireMessage[]; result: Result }>,
    opening?: string,
  ): Promise<Result> {
    const { id, messages, result } = await this.database.transaction(async (tx, opened: Opened[]) => {
      const done = await work(tx, opened);
      const id = done.messages.length === 0 ? undefined : await this.keep(tx, done.messages);
      return { id, ...done };
    }, opening);
    if (id !== undefined) {
      if (this.own.size < MOST_BEHIND * 4) this.own.set(id, [...messages]);
      this.publishSoon();
    }
    return result;
  }

  /** Waits while the broker is too far behind what was decided. */
  async caughtUp(): Promise<void> {
    while (this.own.size >= MOST_BEHIND && this.publishing) await this.publishing;
  }

  /** Publishes what it can, then disconnects; the rest stays for the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.publishing;
    await this.sender.disconnect();
  }

  private async keep(tx: Transaction, messages: readonly WireMessage[]): Promise<string> {
    const [row] = await tx.rows<{ id: string }>('insert into outbox (messages) values ($1) returning id', [
      JSON.stringify(messages),
    ]);
    return row!.id;
  }

  private publishSoon(): void {
    this.again = true;
    this.publishing ??= this.publishAll().finally(() => {
      this.publishing = undefined;
      // Somebody may have come between the last look and now.
      if (this.again && !this.stopped) this.publishSoon();
    });
  }

  private async publishAll(): Promise<void> {
    for (let attempt = 0; this.again;) {
      this.again = false;
      try {
        if (!this.connected) await this.sender.connect();
        this.connected = true;
        if ((await this.publishSome()) === MOST_ROWS) this.again = true;
        attempt = 0;
      } catch (fault) {
        if (this.stopped) return;
        this.again = true;
        attempt += 1;
        this.client.log.warn({ err: fault, attempt }, 'decided events wait in the outbox');
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
      }
    }
  }

  private async publishSome(): Promise<number> {
    const ids = await this.database.transaction(async (tx, oldest: Row[]) => {
      if (oldest.length === 0) return [];
      await this.sender.send(oldest.flatMap(({ id, messages }) => this.own.get(id) ?? messages!));
      const ids = oldest.map((row) => row.id);
      tx.atCommit(`delete from outbox where id = any(${listOf(ids)})`);
      return ids;
    }, this.oldest());
    ids.forEach((id) => this.own.delete(id));
    return ids.length;
  }

  /** Waits for its turn among the publishers; then the oldest rows, reading back only the messages this process does not hold. */
  private oldest(): string {
    return `select pg_advisory_xact_lock(hashtext(current_schema() || '.outbox'));
      select id, case when id = any(${listOf([...this.own.keys()])}) then null else messages end as messages
      from outbox order by id limit ${MOST_ROWS}`;
  }
}

const listOf = (ids: readonly string[]): string => `'{${ids.join(',')}}'::bigint[]`;
