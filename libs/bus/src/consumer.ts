import { deadLetterTopics, READERS } from '@baton/contracts';
import type { Batch, Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeadLetterHandler, type DeadLetterHandler, type Handler } from './handler.js';
import { PATIENT, type BusClient } from './kafka.js';
import type { Database } from './database.js';
import { Gathering } from './gathering.js';
import type { Outbox } from './outbox.js';
import { Pipeline, Stopping } from './pipeline.js';
import { Watchdog } from './watchdog.js';

/** The offset in Kafka is a hint for operators and for a faster start; the truth is the position in the database. */
const HINT_EVERY_MS = 1_000;
/** Partitions of one fetch that are looked at together; more wait for the next round. */
const MOST_PARTITIONS = 256;
/** How long a stop waits for a start that is under way. */
const JOIN_PATIENCE_MS = 4_000;

export interface ConsumerOptions {
  readonly client: BusClient;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly handlers: readonly (Handler | DeadLetterHandler)[];
  /** Messages handled in one transaction, more or less: of one partition at most, of all those gathered below twice as many. */
  readonly batchSize: number;
  /** Transactions of one topic at the same time, default 4. */
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
  private readonly pipelines: ReadonlyMap<string, Gathering>;
  private readonly watchdog: Watchdog;
  private readonly hintedAt = new Map<string, number>();
  private readonly sought = new Map<string, bigint>();
  private heartbeat: () => Promise<void> = () => Promise.resolve();
  private starting: Promise<void> | undefined;
  private joined = false;
  private stopping = false;

  constructor(private readonly options: ConsumerOptions) {
    const { client, database, stallMs = 60_000, onFatal } = options;
    const kafka = client.connect({ ...PATIENT, restartOnFailure: () => Promise.resolve(false) });
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
    this.pipelines = this.plan();
    this.watchdog = new Watchdog({ client, database, stallMs, onStall: onFatal });
    this.consumer.on('consumer.group_join', ({ payload }) => {
      this.joined = true;
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
    for (const topic of this.pipelines.keys()) {
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

  private plan(): Map<string, Gathering> {
    const { client, handlers } = this.options;
    const settings = {
      group: client.name,
      outbox: this.options.outbox,
      log: client.log,
      stopping: () => this.stopping,
      alive: () => this.heartbeat(),
      ...(this.options.now ? { now: this.options.now } : {}),
    };
    const gather = (pipeline: Pipeline): Gathering =>
      new Gathering({
        process: (slices) => pipeline.process(slices),
        messages: this.options.batchSize,
        concurrency: this.options.concurrency ?? 4,
      });
    const byTopic = new Map<string, Handler[]>();
    for (const handler of handlers) {
      if (isDeadLetterHandler(handler)) continue;
      const topics = new Set(handler.events.map((contract) => contract.topic));
      const [topic] = topics;
      if (topics.size !== 1 || !topic)
        throw new Error(`${handler.constructor.name} must read events of exactly one topic`);
      if (!READERS[topic].includes(client.name)) {
        throw new Error(
          `${client.name} reads ${topic}: say so in READERS of libs/contracts, so that its dead letters have a place`,
        );
      }
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), handler]);
    }
    const plans = new Map([...byTopic].map(([topic, own]) => [topic, gather(new Pipeline(settings, own))]));
    const deadLetterHandlers = handlers.filter(isDeadLetterHandler);
    if (deadLetterHandlers.length > 0) {
      const pipeline = gather(new Pipeline(settings, [], deadLetterHandlers));
      for (const { name } of deadLetterTopics()) plans.set(name, pipeline);
    }
    return plans;
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    this.heartbeat = () => payload.heartbeat();
    const topic = this.options.client.logical(batch.topic);
    const pipeline = this.pipelines.get(topic)!;
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
        next = await pipeline.add({ topic, partition, from, messages, startOfLog });
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

  private async hint(topic: string, partition: number, next: bigint): Promise<void> {
    const place = `${topic}/${partition}`;
    if (Date.now() - (this.hintedAt.get(place) ?? 0) < HINT_EVERY_MS) return;
    this.hintedAt.set(place, Date.now());
    await this.consumer.commitOffsets([{ topic, partition, offset: next.toString() }]);
  }
}
