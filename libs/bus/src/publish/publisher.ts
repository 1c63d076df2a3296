import type { Admin } from 'kafkajs';
import { toWire, type Unversioned } from '../event/cloud-event.js';
import { bytesOf, type WireMessage } from '../event/wire-message.js';
import { FAIL_FAST, type BusClient } from '../kafka/bus-client.js';
import { refused } from '../metrics.js';
import { MAX_MESSAGE_BYTES, MAX_PARTITION_BYTES, MessageTooLarge } from '../kafka/limits.js';
import { BrokerUnavailable, MicroBatcher } from './micro-batcher.js';
import { requirePublishable, Sender } from './sender.js';

const RECONNECT_EVERY_MS = 500;

/** Micro-batching defaults for HTTP ingest. `bench/` uses the same values for the bare server, to keep the comparison fair. */
export const MICRO_BATCH = {
  lingerMs: 5,
  maxItems: 5_000,
  maxBytes: MAX_PARTITION_BYTES,
  maxQueuedBytes: 32 * 1024 * 1024,
  concurrency: 2,
  sizeOf: bytesOf,
  refusal: (message: WireMessage, index: number): Error => new MessageTooLarge(bytesOf(message), index),
} as const;

export interface PublisherOptions {
  readonly lingerMs?: number;
  readonly ackTimeoutMs?: number;
  readonly maxQueuedBytes?: number;
  /** Max bytes of one event with its headers. Default {@link MAX_MESSAGE_BYTES}. */
  readonly maxMessageBytes?: number;
}

/** Publishes events from outside; concurrent callers share one produce request. */
export class Publisher {
  private readonly sender: Sender;
  private readonly batcher: MicroBatcher<WireMessage>;
  private readonly admin: Admin;
  private readonly maxMessageBytes: number;
  private away = true;
  private reconnecting: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly client: BusClient,
    {
      ackTimeoutMs = 1_500,
      maxMessageBytes = MAX_MESSAGE_BYTES,
      lingerMs = MICRO_BATCH.lingerMs,
      maxQueuedBytes = MICRO_BATCH.maxQueuedBytes,
    }: PublisherOptions = {},
  ) {
    this.sender = new Sender(client);
    this.admin = client.connect({ ...FAIL_FAST, retries: 0 }).admin();
    this.maxMessageBytes = maxMessageBytes;
    this.batcher = new MicroBatcher({
      ...MICRO_BATCH,
      lingerMs,
      maxQueuedBytes,
      ackTimeoutMs,
      send: (messages, bytes) => this.send(messages, bytes),
    });
  }

  async start(): Promise<void> {
    await this.reconnect();
  }

  /** Whether the broker answered the last request. */
  get ready(): boolean {
    return !this.away;
  }

  /**
   * Resolves when all replicas in sync have the events.
   *
   * @throws BrokerUnavailable when the broker is away, does not answer in time, or too much is waiting; the events may have
   * been written all the same, so a caller that tries again uses the same ids
   * @throws MessageTooLarge when an event is larger than a broker takes; the caller's other events may have been written
   * @throws ContractViolation before anything is sent
   */
  async publish(events: readonly Unversioned[]): Promise<void> {
    const time = new Date().toISOString();
    const messages = events.map((event) => toWire(event, this.client.name, time));
    messages.forEach((message, index) => requirePublishable(message, this.maxMessageBytes, index));
    try {
      if (this.away) throw new BrokerUnavailable('the broker is away', 2);
      await this.batcher.add(messages);
    } catch (fault) {
      refused.add(messages.length);
      throw fault;
    }
  }

  /** Sends what is waiting, then disconnects. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnecting);
    await this.batcher.drained();
    await Promise.allSettled([this.sender.disconnect(), this.admin.disconnect()]);
  }

  private async send(messages: WireMessage[], bytes: number): Promise<readonly WireMessage[]> {
    try {
      return await this.sender.send(messages, { bytes });
    } catch (fault) {
      this.client.log.warn({ err: fault, messages: messages.length }, 'the broker did not take a batch');
      this.away = true;
      this.reconnectLater();
      throw new BrokerUnavailable('the broker did not take the events', 2);
    }
  }

  /** While the broker is away callers are refused at once, and it is asked for in the background. */
  private reconnectLater(): void {
    if (this.stopped) return;
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => void this.reconnect(), RECONNECT_EVERY_MS);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.sender.connect();
      await this.admin.connect();
      await this.admin.fetchTopicMetadata({ topics: [this.client.physical('activity')] });
      if (this.away) this.client.log.info('the broker answers');
      this.away = false;
    } catch (fault) {
      this.client.log.warn({ err: fault }, 'the broker is away');
      this.reconnectLater();
    }
  }
}
