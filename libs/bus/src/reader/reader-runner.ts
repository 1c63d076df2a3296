import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import type { BusClient } from '../kafka/bus-client.js';
import type { Outbox } from '../outbox/outbox.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { Consumer } from './consumer.js';
import { Housekeeping } from './housekeeping.job.js';
import { Pipeline } from './pipeline.js';
import { beginRebuild, openingOf, switchRebuild, type RebuildOf } from './rebuild.store.js';
import { redeliverRequested } from './redeliver.js';
import { topicsOf, type Reader } from './reader.js';
import { ReaderStatus, type ReaderState } from './reader-state.js';
import { readerRow, requestRebuild, type ReaderRow } from './reader.store.js';

/** Interval at which requests of people (rewind, rebuild, letters put back) are looked for, ms. */
const POLL_EVERY_MS = 1_000;
const SHADOW = '~rebuild';

export interface ReaderRunnerOptions {
  readonly client: BusClient;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly reader: Reader;
  /** Max messages of one partition in one transaction; partitions are added to it until it holds as many. */
  readonly batchSize: number;
  /** Max concurrent transactions of one topic. Default 3. */
  readonly concurrency?: number;
  /** Time without any activity while messages wait after which the process is given up, ms. Default 60,000. */
  readonly stallMs?: number;
  readonly now?: () => Date;
  /** The process should end, so that its supervisor starts a new one. */
  readonly onFatal: (reason: string, fault?: unknown) => void;
}

/** A consumer with all it needs, that can be stopped. */
interface Running {
  readonly consumer: Consumer;
  readonly pipeline: Pipeline;
  readonly stopping: AbortController;
}

/** Runs a reader in this process: its consumer, the dead letters that are put back, rewinds and rebuilds. */
export class ReaderRunner {
  /** The topics it reads. */
  readonly topics: readonly string[];
  private readonly key: string;
  private readonly log: Logger;
  private readonly status: ReaderStatus;
  private readonly breaker: CircuitBreaker;
  private readonly housekeeping: Housekeeping;
  private main: Running | undefined;
  private shadow: Running | undefined;
  /** Of the reader's row when it was last looked at. */
  private generation = 0;
  private poll: NodeJS.Timeout | undefined;
  private polling: Promise<void> | undefined;
  private stopped = false;
  private warned = false;

  /** @throws Error for handlers that cannot be read for, see `topicsOf`: a service with such a reader does not start */
  constructor(private readonly options: ReaderRunnerOptions) {
    this.topics = topicsOf(options.client.name, options.reader);
    this.key = options.reader.name;
    this.log = options.client.log;
    this.status = new ReaderStatus(this.key);
    this.breaker = new CircuitBreaker(this.key);
    this.housekeeping = new Housekeeping(options.database, this.key, this.log);
  }

  get name(): string {
    return this.key;
  }

  /** Whether its tables can be built anew from the log. */
  get canRebuild(): boolean {
    return this.options.reader.tables !== undefined;
  }

  /** What it is doing in this process. */
  get state(): ReaderState {
    return this.status.current;
  }

  /** Messages not yet read in the partitions of this process. */
  get lag(): number {
    return this.main?.consumer.lag ?? 0;
  }

  /** Messages that the topics no longer hold, and that a rebuild would miss. @throws when the broker is away */
  deletedFromLog(): Promise<bigint> {
    return this.main?.consumer.deletedFromLog() ?? Promise.resolve(0n);
  }

  /** Ends of the partitions it reads, by topic; empty when the broker does not respond. */
  async ends(): Promise<ReadonlyMap<string, ReadonlyMap<number, bigint>>> {
    return (await this.main?.consumer.ends().catch(() => undefined)) ?? new Map();
  }

  /** Whether it reads, or can be expected to. */
  get ready(): boolean {
    return this.state.phase === 'reading' && !this.breaker.isOpen && this.main?.consumer.stalled !== true;
  }

  /** Resolves when it runs; it joins its group in the background. */
  async start(): Promise<void> {
    this.generation = (await readerRow(this.options.database, this.key))?.generation ?? 0;
    this.main = this.run(this.status, this.key);
    this.poll = setInterval(() => this.pollSoon(), POLL_EVERY_MS);
    this.poll.unref();
    await this.main.consumer.start();
  }

  /** Ends after the batches under way are committed. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.poll);
    await Promise.all([end(this.main), end(this.shadow), this.polling]);
  }

  private run(status: ReaderStatus, key: string, opening?: string): Running {
    const { client, database, outbox, reader, batchSize, concurrency = 3, onFatal } = this.options;
    const stopping = new AbortController();
    const isShadow = opening !== undefined;
    const pipeline = new Pipeline({
      key,
      reader,
      outbox,
      log: this.log,
      status,
      breaker: isShadow ? new CircuitBreaker(key) : this.breaker,
      now: this.options.now ?? (() => new Date()),
      stopping: stopping.signal,
      heartbeat: () => consumer.heartbeat(),
      ...(isShadow ? { opening, silent: true } : {}),
    });
    const consumer: Consumer = new Consumer({
      client,
      database,
      outbox,
      reader,
      key,
      pipeline,
      batchSize,
      concurrency,
      stallMs: this.options.stallMs ?? 60_000,
      stopping: stopping.signal,
      onJoin: () => status.joined(),
      onOtherLog: (reason) => this.otherLog({ consumer, pipeline, stopping }, status, reason),
      onFatal: (reason, fault) => {
        if (!stopping.signal.aborted) onFatal(`reader ${key}: ${reason}`, fault);
      },
    });
    return { consumer, pipeline, stopping };
  }

  /** Nothing is read until a person has decided what the positions mean. */
  private otherLog(running: Running, status: ReaderStatus, reason: string): void {
    if (running.stopping.signal.aborted) return;
    const { name } = this.options.client;
    const what = `${reason}: Kafka was made anew or lost data. To read it from its start: npx baton rewind ${name}/${this.key} --to start`;
    this.log.fatal({ reader: this.key }, what);
    status.stopped(what);
    void end(running);
  }

  private pollSoon(): void {
    this.polling ??= this.pollOnce()
      .catch((fault: unknown) => {
        if (!this.stopped)
          this.log.warn({ err: fault, reader: this.key }, 'requests could not be looked for');
      })
      .finally(() => (this.polling = undefined));
  }

  private async pollOnce(): Promise<void> {
    const row = await readerRow(this.options.database, this.key);
    if (!row || this.stopped) return;
    await this.housekeeping.run(performance.now());
    await this.followRewind(row);
    await this.rebuild(row);
    if (this.main && !this.stopped)
      await redeliverRequested({
        ...this.options,
        key: this.key,
        log: this.log,
        pipeline: this.main.pipeline,
      });
  }

  /** Continues from the positions that a rewind set, which a partition without new messages would never look at. */
  private async followRewind({ generation }: ReaderRow): Promise<void> {
    const isNew = this.generation !== generation;
    this.generation = generation;
    if (!isNew) return;
    if (this.state.phase !== 'stopped') return this.main?.consumer.seekToPositions();
    await end(this.main);
    this.status.joining();
    this.main = this.run(this.status, this.key);
    await this.main.consumer.start();
  }

  private async rebuild(row: ReaderRow): Promise<void> {
    const { database, reader } = this.options;
    const { tables, version = 1 } = reader;
    if (!tables) return;
    if (row.version < version && row.rebuild === null) await this.rebuildForVersion(version);
    const rebuild: RebuildOf = { key: this.key, shadowKey: this.key + SHADOW, tables, version };
    if (row.rebuild === 'requested' && (await beginRebuild(database, rebuild)))
      this.log.info({ reader: this.key }, 'the rebuild has begun');
    if (row.rebuild === 'running') {
      if (!this.shadow) await this.startShadow(rebuild);
      if (await switchRebuild(database, rebuild)) {
        this.log.info({ reader: this.key }, 'the rebuild is complete and in use');
        await this.stopShadow();
      }
    } else if (row.rebuild === null) await this.stopShadow();
  }

  private async rebuildForVersion(version: number): Promise<void> {
    const deleted = await this.deletedFromLog();
    if (deleted === 0n) return void (await requestRebuild(this.options.database, this.key));
    if (this.warned) return;
    this.warned = true;
    this.log.error(
      { reader: this.key, version, deleted: deleted.toString() },
      `the tables should be built anew, but the topics no longer hold the first messages; to build them without: npx baton rebuild ${this.options.client.name}/${this.key} --incomplete`,
    );
  }

  private async startShadow({ shadowKey }: RebuildOf): Promise<void> {
    const [row] = await this.options.database.rows<{ schema: string }>('select current_schema() as schema');
    this.shadow = this.run(new ReaderStatus(shadowKey), shadowKey, openingOf(this.key, row!.schema));
    await this.shadow.consumer.start();
  }

  private async stopShadow(): Promise<void> {
    const { shadow } = this;
    this.shadow = undefined;
    await end(shadow);
  }
}

const end = async (running: Running | undefined): Promise<void> => {
  if (!running) return;
  running.stopping.abort();
  await running.consumer.stop();
};
