import type { Admin, Batch, Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { FAIL_FAST, RETRY_FOREVER, type BusClient } from '../kafka/bus-client.js';
import type { Outbox } from '../outbox/outbox.js';
import { BatchCoalescer } from './batch-coalescer.js';
import { GrowthBarrier } from './growth-barrier.js';
import { LogIdentity } from './log-identity.js';
import { OffsetHints } from './offset-hints.js';
import { messagesWithin, partitionName, type BatchLimits } from './partition-batch.js';
import { Stopping, type Pipeline } from './pipeline.js';
import { topicsOf, type Reader } from './reader.js';
import { prepareReader, setClusterId, type StoredPosition } from './reader.store.js';
import { StallDetector } from './stall-detector.js';

/** Max partitions kafkajs hands to `eachBatch` concurrently. */
const MAX_PARTITIONS = 256;
/**
 * Minimum interval between fetches at low load, ms, so that sparse messages share a transaction. Not applied when a full batch
 * was read.
 */
const MIN_FETCH_INTERVAL_MS = 10;
/** Max bytes of the messages of one partition in one transaction: 500 of the largest. Partitions are added to it until it holds as many. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** Max time a stop waits for a start that is under way, ms. */
const MAX_JOIN_MS = 4_000;
/** Pause of a partition that must not be read yet, ms. */
const BARRIER_PAUSE_MS = 200;
/** Age at which topic metadata is fetched again, ms: bounds how long a new partition stays unread. */
const MAX_METADATA_AGE_MS = 10_000;

export interface ConsumerOptions {
  readonly client: BusClient;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly reader: Reader;
  /** Name under which positions are stored. */
  readonly key: string;
  readonly pipeline: Pipeline;
  /** Max messages of one partition in one transaction; partitions are added to it until it holds as many. */
  readonly batchSize: number;
  /** Max concurrent transactions of one topic. */
  readonly concurrency: number;
  readonly stallMs: number;
  readonly stopping: AbortSignal;
  readonly onJoin: () => void;
  /** The log is not the one that was read: a person has to decide. */
  readonly onOtherLog: (reason: string) => void;
  /** The consumer cannot go on, and a new process should take over. */
  readonly onFatal: (reason: string, fault?: unknown) => void;
}

/** A reader's member of its consumer group: reads the topics of its handlers and takes them through the pipeline. */
export class Consumer {
  private readonly consumer: KafkaConsumer;
  private readonly admin: Admin;
  private readonly coalescers = new Map<string, BatchCoalescer>();
  private readonly detector: StallDetector;
  private readonly identity = new LogIdentity();
  private readonly barrier: GrowthBarrier;
  private readonly hints: OffsetHints;
  /** Offsets sought to, whose first batch has not come yet. */
  private readonly sought = new Map<string, bigint>();
  private sendHeartbeat: () => Promise<void> = () => Promise.resolve();
  private prepared: Promise<void> = Promise.resolve();
  private assignment: Record<string, readonly number[]> | undefined;
  private starting: Promise<void> | undefined;
  private activity = 0;

  constructor(private readonly options: ConsumerOptions) {
    const { client, database, key, stallMs, onFatal } = options;
    const kafka = client.connect({ ...RETRY_FOREVER, restartOnFailure: () => Promise.resolve(false) });
    this.admin = client.connect({ ...FAIL_FAST, retries: 1 }).admin();
    this.consumer = kafka.consumer({
      groupId: `${client.prefix}${client.name}.${key}`,
      sessionTimeout: 30_000,
      heartbeatInterval: 3_000,
      metadataMaxAge: MAX_METADATA_AGE_MS,
      maxWaitTimeInMs: 500,
      // A consumer that catches up holds one fetch in memory: enough for a batch of each partition, no more.
      maxBytesPerPartition: 512 * 1024,
      maxBytes: 4 * 1024 * 1024,
      allowAutoTopicCreation: false,
    });
    this.barrier = new GrowthBarrier({ client, admin: this.admin, database, key });
    this.hints = new OffsetHints(this.consumer);
    this.detector = new StallDetector({
      client,
      admin: this.admin,
      database,
      key,
      stallMs,
      activity: () => this.activity,
      onStall: onFatal,
    });
    this.consumer.on('consumer.group_join', ({ payload }) => {
      this.assignment = payload.memberAssignment;
      this.seekToPositions();
    });
    this.consumer.on('consumer.fetch', () => void (this.activity += 1));
    this.consumer.on('consumer.crash', ({ payload }) => {
      if (!options.stopping.aborted) onFatal('the consumer crashed', payload.error);
    });
  }

  /** Messages not yet read in the partitions of this process. */
  get lag(): number {
    return this.detector.lag;
  }

  get stalled(): boolean {
    return this.detector.stalled;
  }

  /** Resolves when it runs; it joins its group in the background. */
  start(): Promise<void> {
    return (this.starting ??= this.join());
  }

  /** Ends after the batches under way are committed. The signal `stopping` must be aborted before. */
  async stop(): Promise<void> {
    // A member that leaves while it joins is never removed: its partitions are unread until the session times out. Without a
    // broker no group waits for it.
    const patience = new AbortController();
    await Promise.race([
      this.starting?.catch(() => undefined),
      pause(MAX_JOIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    this.detector.stop();
    await Promise.allSettled([this.consumer.disconnect(), this.admin.disconnect()]);
  }

  /** Goes to the stored positions of its partitions: after the group assigned them, and after a person changed them. */
  seekToPositions(): void {
    if (!this.assignment) return;
    this.prepared = this.assign(this.assignment);
    this.prepared.catch(() => undefined);
  }

  /** Keeps the membership alive during a long batch. */
  heartbeat(): Promise<void> {
    this.activity += 1;
    return this.sendHeartbeat();
  }

  private async join(): Promise<void> {
    const { client, reader, stopping } = this.options;
    await this.admin.connect();
    await this.consumer.connect();
    for (const topic of topicsOf(client.name, reader)) {
      await this.consumer.subscribe({ topic: client.physical(topic), fromBeginning: true });
    }
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: MAX_PARTITIONS,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    if (!stopping.aborted) this.detector.start();
  }

  /** Partitions were assigned: checks that their logs are the ones that were read, and goes to the stored positions. */
  private async assign(assignment: Record<string, readonly number[]>): Promise<void> {
    const { client, database, key, reader, stopping, onJoin, onOtherLog, onFatal } = this.options;
    this.hints.clear();
    try {
      const assigned = new Map(
        Object.entries(assignment).map(([topic, partitions]) => [client.logical(topic), partitions]),
      );
      const ends = await this.ends();
      const counts = new Map([...ends].map(([topic, offsets]) => [topic, offsets.size]));
      const version = reader.version ?? 1;
      const { row, positions } = await prepareReader(database, { key, version }, counts);
      const { clusterId } = await this.admin.describeCluster();
      const other = otherLog(row.cluster_id, clusterId, positions, ends);
      if (other) return onOtherLog(other);
      if (row.cluster_id === null) await setClusterId(database, key, clusterId);
      this.barrier.assign(positions);
      this.detector.assign(assigned);
      this.seekAll(positions.filter((p) => assigned.get(p.topic)?.includes(p.partition)));
      onJoin();
    } catch (fault) {
      if (!stopping.aborted) onFatal('the positions could not be prepared', fault);
    }
  }

  private seekAll(positions: readonly StoredPosition[]): void {
    const { client } = this.options;
    const seeks = this.identity.assign(positions);
    for (const { topic, partition } of positions)
      this.seek(
        { topic, partition },
        seeks.get(partitionName({ topic, partition }))!,
        client.physical(topic),
      );
  }

  private seek(at: { topic: string; partition: number }, offset: bigint, physical: string): void {
    this.sought.set(partitionName(at), offset);
    this.consumer.seek({ topic: physical, partition: at.partition, offset: offset.toString() });
  }

  /** Messages that retention has deleted from the partitions: a reader that starts now never gets them. */
  async deletedFromLog(): Promise<bigint> {
    const { client, reader } = this.options;
    let deleted = 0n;
    for (const topic of topicsOf(client.name, reader)) {
      const offsets = await this.admin.fetchTopicOffsets(client.physical(topic));
      for (const { low } of offsets) deleted += BigInt(low);
    }
    return deleted;
  }

  /** The first offset the broker still holds of a partition. */
  private async logStartsAt({ topic, partition }: { topic: string; partition: number }): Promise<bigint> {
    const offsets = await this.admin.fetchTopicOffsets(this.options.client.physical(topic));
    return BigInt(offsets.find((offset) => offset.partition === partition)?.low ?? 0);
  }

  /** The end of every partition, by topic. */
  async ends(): Promise<Map<string, Map<number, bigint>>> {
    const { client, reader } = this.options;
    const ends = new Map<string, Map<number, bigint>>();
    for (const topic of topicsOf(client.name, reader)) {
      const offsets = await this.admin.fetchTopicOffsets(client.physical(topic));
      ends.set(topic, new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)])));
    }
    return ends;
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { client, batchSize, stopping, onOtherLog } = this.options;
    const began = performance.now();
    this.sendHeartbeat = () => payload.heartbeat();
    await this.prepared;
    if (payload.isStale() || stopping.aborted) return;
    const at = { topic: client.logical(batch.topic), partition: batch.partition };
    const from = this.fetchedFrom(batch);
    const soughtTo = this.sought.get(partitionName(at));
    const startOfLog = soughtTo !== undefined && from > soughtTo && (await this.logStartsAt(at)) >= from;
    // Fetched before the seek took effect.
    if (soughtTo !== undefined && from !== soughtTo && !startOfLog)
      return this.seek(at, soughtTo, batch.topic);
    const check = this.identity.check(at, batch.messages);
    if (check.kind === 'other') return onOtherLog(check.reason);
    if (check.kind === 'stale') return this.seek(at, soughtTo ?? from, batch.topic);
    if (!(await this.barrier.isOpen(at))) {
      const resume = payload.pause();
      this.seek(at, from, batch.topic);
      setTimeout(resume, BARRIER_PAUSE_MS).unref();
      return;
    }
    this.sought.delete(partitionName(at));
    if (startOfLog) this.reportGap(at, from - soughtTo);
    await this.processAll(payload, { at, from: from + BigInt(check.skip), skip: check.skip, startOfLog });
    const early = MIN_FETCH_INTERVAL_MS - (performance.now() - began);
    if (early > 0 && batch.messages.length < batchSize) await pause(early);
  }

  private async processAll(
    payload: EachBatchPayload,
    {
      at,
      from: start,
      skip,
      startOfLog,
    }: {
      at: { topic: string; partition: number };
      from: bigint;
      skip: number;
      startOfLog: boolean;
    },
  ): Promise<void> {
    const { batch } = payload;
    const { outbox, stopping } = this.options;
    let from = start;
    if (skip > 0 && batch.messages.length === skip) payload.resolveOffset(batch.messages.at(-1)!.offset);
    for (let index = skip; index < batch.messages.length;) {
      if (!payload.isRunning() || payload.isStale() || stopping.aborted) return;
      const messages = messagesWithin(batch.messages, index, this.limits);
      index += messages.length;
      await outbox.hasCapacity(stopping);
      const next = await this.process({ ...at, from, messages, startOfLog });
      if (next === undefined) return;
      const end = BigInt(messages.at(-1)!.offset) + 1n;
      if (next !== end) return this.seek(at, next, batch.topic);
      payload.resolveOffset(messages.at(-1)!.offset);
      from = next;
      this.hints.add({ topic: batch.topic, partition: at.partition, offset: next.toString() });
      await payload.heartbeat();
    }
  }

  /** Undefined when the reader stops. */
  private async process(batch: Parameters<BatchCoalescer['add']>[0]): Promise<bigint | undefined> {
    try {
      return await this.coalescerOf(batch.topic).add(batch);
    } catch (fault) {
      if (fault instanceof Stopping) return undefined;
      throw fault;
    } finally {
      this.activity += 1;
    }
  }

  private get limits(): BatchLimits {
    return { messages: this.options.batchSize, bytes: MAX_BATCH_BYTES };
  }

  /** A transaction holds batches of one topic: handlers of two topics lock rows in two orders. */
  private coalescerOf(topic: string): BatchCoalescer {
    const { pipeline, concurrency } = this.options;
    let coalescer = this.coalescers.get(topic);
    if (!coalescer) {
      coalescer = new BatchCoalescer({
        process: (batches) => pipeline.process(batches),
        limits: this.limits,
        concurrency,
      });
      this.coalescers.set(topic, coalescer);
    }
    return coalescer;
  }

  /** The offset that was asked for; the first message may be higher, behind a gap without messages. */
  private fetchedFrom(batch: Batch): bigint {
    const { fetchedOffset } = batch as Batch & { fetchedOffset?: string };
    return BigInt(fetchedOffset ?? batch.firstOffset() ?? batch.messages[0]!.offset);
  }

  /** The broker's log starts after the stored position: retention deleted messages that were never read. */
  private reportGap(at: { topic: string; partition: number }, missing: bigint): void {
    this.options.client.log.error(
      { ...at, reader: this.options.key, missing: missing.toString() },
      'messages were deleted before they were read; reading on behind the gap',
    );
  }
}

/** Why the logs are not the ones the positions belong to; undefined when they may be. */
const otherLog = (
  known: string | null,
  clusterId: string,
  positions: readonly StoredPosition[],
  ends: ReadonlyMap<string, ReadonlyMap<number, bigint>>,
): string | undefined => {
  if (known !== null && known !== clusterId)
    return `the positions belong to the Kafka cluster ${known}, this is ${clusterId}`;
  for (const position of positions) {
    const topic = ends.get(position.topic);
    const reason = topic && LogIdentity.shorterThan(position, topic.get(position.partition) ?? 0n);
    if (reason) return reason;
  }
  return undefined;
};
