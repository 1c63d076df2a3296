import { deadLetterTopics, READERS } from '@baton/contracts';
import type {
  Batch,
  Consumer as KafkaConsumer,
  EachBatchPayload,
  TopicPartitionOffsetAndMetadata,
} from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeadLetterHandler, type DeadLetterHandler, type Handler } from './handler.js';
import { RETRY_FOREVER, type BusClient } from '../kafka/bus-client.js';
import type { Database } from '../database/database.js';
import { Gathering } from './batch-coalescer.js';
import type { Outbox } from '../outbox/outbox.js';
import { Pipeline, Stopping } from './pipeline.js';
import { Watchdog } from './stall-detector.js';

/** The offset in Kafka is a hint for operators and for a faster start; the truth is the position in the database. */
const HINT_EVERY_MS = 1_000;
/** Partitions of one fetch that are looked at together; more wait for the next round. */
const MOST_PARTITIONS = 256;
/**
 * Time from one fetch to the next while there is only a trickle, ms: what comes meanwhile shares a transaction. Whoever
 * falls behind does not wait, and neither does the first message after a rest.
 */
const FETCH_EVERY_MS = 25;
/** How long a stop waits for a start that is under way. */
const JOIN_PATIENCE_MS = 4_000;

export interface ConsumerOptions {
  readonly client: BusClient;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly handlers: readonly (Handler | DeadLetterHandler)[];
  /** Messages of one partition handled in one transaction; partitions are added to it until it holds as many. */
  readonly batchSize: number;
  /** Transactions at the same time, default 4. */
  readonly concurrency?: number;
  /** How long a partition may stand still with messages waiting before the process is given up, ms. */
  readonly stallMs?: number;
  readonly now?: () => Date;
  /** The reader is broken for good; the process should end so that its supervisor starts a new one. */
  readonly onFatal: (reason: string, fault?: unknown) => void;
}

/** A service's consumer group: reads the topics of its handlers and takes them through the pipeline. */
export class Consumer {
  private readonly consumer: KafkaConsumer;
  private readonly gathering: Gathering;
  private readonly watchdog: Watchdog;
  private readonly hints = new Map<string, TopicPartitionOffsetAndMetadata>();
  private hintedAt = 0;
  private readonly sought = new Map<string, bigint>();
  private heartbeat: () => Promise<void> = () => Promise.resolve();
  private starting: Promise<void> | undefined;
  private joined = false;
  private stopping = false;

  constructor(private readonly options: ConsumerOptions) {
    const { client, database, stallMs = 60_000, onFatal } = options;
    const kafka = client.connect({ ...RETRY_FOREVER, restartOnFailure: () => Promise.resolve(false) });
    this.consumer = kafka.consumer({
      groupId: client.prefix + client.name,
      sessionTimeout: 30_000,
      heartbeatInterval: 3_000,
      maxWaitTimeInMs: 500,
      // A reader that catches up holds one fetch in memory: enough for a batch of each partition, no more.
      maxBytesPerPartition: 512 * 1024,
      maxBytes: 4 * 1024 * 1024,
      allowAutoTopicCreation: false,
    });
    this.gathering = this.gather();
    this.watchdog = new Watchdog({ client, database, stallMs, onStall: onFatal });
    this.consumer.on('consumer.group_join', ({ payload }) => {
      this.joined = true;
      // A partition that went to another reader is no longer ours to speak of.
      this.hints.clear();
      this.watchdog.assign(payload.memberAssignment);
    });
    this.consumer.on('consumer.crash', ({ payload }) => {
      if (!this.stopping) onFatal('the consumer crashed', payload.error);
    });
  }

  /** Joined, and moving wherever there is something to read. */
  get ready(): boolean {
    return this.joined && !this.stopping && !this.watchdog.stalled;
  }

  /** Resolves when it is a member of its group. */
  start(): Promise<void> {
    return (this.starting ??= this.join());
  }

  /** Ends after the batches under way are committed. */
  async stop(): Promise<void> {
    this.stopping = true;
    // Who leaves while still joining is known to the group but never said goodbye: its partitions would stand still until
    // the session times out. Without a broker nobody waits for it, and neither do we.
    const patience = new AbortController();
    await Promise.race([
      this.starting?.catch(() => undefined),
      pause(JOIN_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    await this.watchdog.stop();
    await this.consumer.disconnect();
  }

  private async join(): Promise<void> {
    await this.consumer.connect();
    for (const topic of this.topics()) {
      await this.consumer.subscribe({ topic: this.options.client.physical(topic), fromBeginning: true });
    }
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: MOST_PARTITIONS,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    if (!this.stopping) await this.watchdog.start();
  }

  private gather(): Gathering {
    const { client, handlers, outbox, batchSize, concurrency = 4, now } = this.options;
    const pipeline = new Pipeline(
      {
        group: client.name,
        outbox,
        log: client.log,
        stopping: () => this.stopping,
        alive: () => this.heartbeat(),
        ...(now ? { now } : {}),
      },
      handlers.filter((handler): handler is Handler => !isDeadLetterHandler(handler)),
      handlers.filter(isDeadLetterHandler),
    );
    return new Gathering({
      process: (slices) => pipeline.process(slices),
      messages: batchSize,
      concurrency,
    });
  }

  private topics(): Set<string> {
    const { name } = this.options.client;
    return new Set(
      this.options.handlers.flatMap((handler) => {
        if (isDeadLetterHandler(handler)) return deadLetterTopics().map((topic) => topic.name);
        const [topic, another] = new Set(handler.events.map((contract) => contract.topic));
        if (!topic || another)
          throw new Error(`${handler.constructor.name} must read events of exactly one topic`);
        if (!READERS[topic].includes(name)) {
          throw new Error(
            `${name} reads ${topic}: say so in READERS of libs/contracts, so that its dead letters have a place`,
          );
        }
        return [topic];
      }),
    );
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const began = performance.now();
    this.heartbeat = () => payload.heartbeat();
    const topic = this.options.client.logical(batch.topic);
    const { partition } = batch;
    const place = `${topic}/${partition}`;
    let from = this.fetchedFrom(batch);
    const startOfLog = this.sought.get(place) !== undefined && from > this.sought.get(place)!;
    if (startOfLog) this.reportGap(place, from);
    for (let at = 0; at < batch.messages.length; at += this.options.batchSize) {
      if (!payload.isRunning() || payload.isStale() || this.stopping) return;
      const messages = batch.messages.slice(at, at + this.options.batchSize);
      await this.options.outbox.caughtUp();
      let next: bigint;
      try {
        next = await this.gathering.add({ topic, partition, from, messages, startOfLog });
      } catch (fault) {
        if (fault instanceof Stopping) return;
        throw fault;
      }
      const end = BigInt(messages.at(-1)!.offset) + 1n;
      if (next !== end) {
        this.sought.set(place, next);
        this.consumer.seek({ topic: batch.topic, partition, offset: next.toString() });
        return;
      }
      this.sought.delete(place);
      payload.resolveOffset(messages.at(-1)!.offset);
      from = next;
      await this.hint(batch.topic, partition, next);
      await payload.heartbeat();
    }
    const early = FETCH_EVERY_MS - (performance.now() - began);
    if (early > 0 && batch.messages.length < this.options.batchSize) await pause(early);
  }

  /** What was asked of the broker; the first message may stand higher, behind a gap that holds nothing. */
  private fetchedFrom(batch: Batch): bigint {
    const { fetchedOffset } = batch as Batch & { fetchedOffset?: string };
    return BigInt(fetchedOffset ?? batch.firstOffset() ?? batch.messages[0]!.offset);
  }

  /** Sought back to the stored position, and the broker begins later: what lay between was deleted by retention. */
  private reportGap(place: string, from: bigint): void {
    const missing = (from - this.sought.get(place)!).toString();
    this.options.client.log.error(
      { place, missing },
      'messages were deleted before they were read; reading on behind the gap',
    );
  }

  /** Told together, so that a busy reader of many partitions costs the broker one request a second. */
  private async hint(topic: string, partition: number, next: bigint): Promise<void> {
    this.hints.set(`${topic}/${partition}`, { topic, partition, offset: next.toString() });
    if (Date.now() - this.hintedAt < HINT_EVERY_MS) return;
    this.hintedAt = Date.now();
    const hints = [...this.hints.values()];
    this.hints.clear();
    await this.consumer.commitOffsets(hints);
  }
}
