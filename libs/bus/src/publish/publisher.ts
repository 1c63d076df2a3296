import kafkajs, { type Admin, type Message, type Producer, type TopicMessages } from 'kafkajs';
import { toWire, type Unversioned, type WireMessage } from '../event/cloud-event.js';
import { FAIL_FAST, type BusClient } from '../kafka/bus-client.js';
import { published, refused } from '../metrics.js';
import { BrokerUnavailable, MicroBatcher } from './micro-batcher.js';
import { partitioner } from '../kafkajs/partitioner.js';

const RECONNECT_EVERY_MS = 500;

/** Sends messages with `acks=all`, in the order given, and gives up soon when the broker is away. */
export class Sender {
  private readonly producer: Producer;

  constructor(private readonly client: BusClient) {
    this.producer = client.connect(FAIL_FAST).producer({
      allowAutoTopicCreation: false,
      createPartitioner: partitioner,
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }

  async send(messages: readonly WireMessage[]): Promise<void> {
    await this.producer.sendBatch({
      topicMessages: this.byTopic(messages),
      acks: -1,
      compression: kafkajs.CompressionTypes.Snappy,
      timeout: 5_000,
    });
    published.add(messages.length);
  }

  private byTopic(messages: readonly WireMessage[]): TopicMessages[] {
    const topics = new Map<string, Message[]>();
    for (const message of messages) {
      const list = topics.get(message.topic);
      if (list) list.push(toKafka(message));
      else topics.set(message.topic, [toKafka(message)]);
    }
    return [...topics].map(([topic, list]) => ({ topic: this.client.physical(topic), messages: list }));
  }
}

const toKafka = ({ key, value, headers, raw }: WireMessage): Message =>
  raw
    ? {
        key: key === null ? null : Buffer.from(key, 'base64'),
        value: value === null ? null : Buffer.from(value, 'base64'),
        headers,
      }
    : { key, value, headers };

/** How events from outside are gathered into one produce call; what the door is measured against gathers alike. */
export const MICRO_BATCH = {
  lingerMs: 5,
  maxItems: 5_000,
  maxBytes: 900 * 1024,
  maxQueuedBytes: 32 * 1024 * 1024,
  concurrency: 2,
  sizeOf: (message: WireMessage): number => (message.value?.length ?? 0) + 256,
} as const;

export interface PublisherOptions {
  readonly lingerMs?: number;
  readonly patienceMs?: number;
  readonly maxQueuedBytes?: number;
}

/** Publishes what comes from outside; concurrent callers share one produce call. */
export class Publisher {
  private readonly sender: Sender;
  private readonly batcher: MicroBatcher<WireMessage>;
  private readonly admin: Admin;
  private away = true;
  private reconnecting: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly client: BusClient,
    { patienceMs = 1_500, ...options }: PublisherOptions = {},
  ) {
    this.sender = new Sender(client);
    this.admin = client.connect({ ...FAIL_FAST, retries: 0 }).admin();
    this.batcher = new MicroBatcher({
      ...MICRO_BATCH,
      ...options,
      patienceMs,
      send: (messages) => this.send(messages),
    });
  }

  async start(): Promise<void> {
    await this.reconnect();
  }

  /** Whether the broker answered last time. */
  get ready(): boolean {
    return !this.away;
  }

  /**
   * Resolves when the broker has all of them on all its replicas.
   * @throws BrokerUnavailable when it is away, does not answer in time, or too much is waiting; the events may have been
   * written still, so a caller that tries again uses the same ids
   * @throws ContractViolation before anything is sent
   */
  async publish(events: readonly Unversioned[]): Promise<void> {
    const time = new Date().toISOString();
    const messages = events.map((event) => toWire(event, this.client.name, time));
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

  private async send(messages: WireMessage[]): Promise<void> {
    try {
      await this.sender.send(messages);
    } catch (fault) {
      this.client.log.warn({ err: fault, messages: messages.length }, 'the broker did not take a batch');
      this.away = true;
      this.tryAgainLater();
      throw new BrokerUnavailable('the broker did not take the events', 2);
    }
  }

  /** While the broker is away callers are refused at once, and this asks for it in the background. */
  private tryAgainLater(): void {
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
      this.tryAgainLater();
    }
  }
}
