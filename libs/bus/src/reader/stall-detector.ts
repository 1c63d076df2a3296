import type { Admin } from 'kafkajs';
import type { Database } from '../database/database.js';
import type { BusClient } from '../kafka/bus-client.js';
import { lag } from '../metrics.js';
import { positionsOfTopic } from './reader.store.js';

const SAMPLE_EVERY_MS = 5_000;
/** A sample that takes longer is given up, so that a hung connection cannot switch the detector off. */
const MAX_SAMPLE_MS = 15_000;

export interface StallDetectorOptions {
  readonly client: BusClient;
  readonly admin: Admin;
  readonly database: Database;
  readonly key: string;
  /** A consumer that neither fetches nor works for this long while messages wait has stalled, ms. */
  readonly stallMs: number;
  /** Fetches and tries of batches so far: they show that the consumer is alive, even when it gets nowhere. */
  readonly activity: () => number;
  readonly onStall: (reason: string) => void;
}

/** Last sampled offset and activity, and the number of consecutive samples without progress while messages wait. */
export interface StallSample {
  readonly next: bigint;
  readonly activity: number;
  readonly samples: number;
}

/**
 * Adds a sample. Samples are counted instead of elapsed time: a process that was suspended (laptop asleep, SIGSTOP) made no
 * progress while it could not.
 */
export const sampleProgress = (
  before: StallSample | undefined,
  { next, end, activity }: { readonly next: bigint; readonly end: bigint; readonly activity: number },
): StallSample => {
  const isStill = before?.next === next && before.activity === activity && next < end;
  return { next, activity, samples: isStill ? before.samples + 1 : 0 };
};

/**
 * Notices a consumer that does nothing while messages wait, which kafkajs does not: compares the end of each assigned
 * partition with the stored position.
 */
export class StallDetector {
  private assigned: ReadonlyMap<string, readonly number[]> = new Map();
  private samples = new Map<string, StallSample>();
  private timer: NodeJS.Timeout | undefined;
  private sampling = false;
  private lagOf = 0;
  stalled = false;

  constructor(private readonly options: StallDetectorOptions) {}

  /** Messages behind the ends of the assigned partitions at the last sample. */
  get lag(): number {
    return this.lagOf;
  }

  start(): void {
    this.timer = setInterval(() => void this.sample(), SAMPLE_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** The group assigned these partitions to this process, by topic. */
  assign(assigned: ReadonlyMap<string, readonly number[]>): void {
    this.assigned = assigned;
    this.samples = new Map();
  }

  private async sample(): Promise<void> {
    // Two samples at once would count as progress of one another.
    if (this.sampling) return;
    this.sampling = true;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), MAX_SAMPLE_MS);
      timer.unref();
    });
    try {
      await Promise.race([this.compareAll(), tooLate]);
    } catch (fault) {
      // Without broker or database no consumer makes progress, and a restart would not help.
      this.samples = new Map();
      this.options.client.log.warn({ err: fault, reader: this.options.key }, 'the lag could not be measured');
    } finally {
      clearTimeout(timer);
      this.sampling = false;
    }
  }

  private async compareAll(): Promise<void> {
    const { client, admin, database, key } = this.options;
    let behind = 0;
    for (const [topic, partitions] of this.assigned) {
      const positions = await positionsOfTopic(database, key, topic);
      const ends = await admin.fetchTopicOffsets(client.physical(topic));
      for (const { partition, high } of ends) {
        if (!partitions.includes(partition)) continue;
        const next = positions.get(partition) ?? 0n;
        behind += Math.max(0, Number(BigInt(high) - next));
        this.compare(topic, partition, next, BigInt(high));
      }
    }
    this.lagOf = behind;
  }

  private compare(topic: string, partition: number, next: bigint, end: bigint): void {
    const { key, stallMs, activity, onStall } = this.options;
    lag.record(Math.max(0, Number(end - next)), { reader: key, topic, partition });
    const name = `${topic}/${partition}`;
    const sample = sampleProgress(this.samples.get(name), { next, end, activity: activity() });
    this.samples.set(name, sample);
    if (sample.samples * SAMPLE_EVERY_MS < stallMs) return;
    this.stalled = true;
    onStall(`${name} makes no progress at ${next} with ${end - next} messages waiting`);
  }
}
