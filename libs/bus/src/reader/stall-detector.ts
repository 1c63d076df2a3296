import type { Admin } from 'kafkajs';
import type { Database } from '../database/database.js';
import { FAIL_FAST, type BusClient } from '../kafka/bus-client.js';
import { lag } from '../metrics.js';

const LOOK_EVERY_MS = 5_000;

export interface WatchdogOptions {
  readonly client: BusClient;
  readonly database: Database;
  /** A partition that does not move for this long while messages wait has stalled, ms. */
  readonly stallMs: number;
  readonly onStall: (reason: string) => void;
}

/** Where a reader stood at the last look, and for how many looks it had stood there already with messages waiting. */
export interface Stand {
  readonly next: bigint;
  readonly looks: number;
}

/**
 * What this look adds. Counted in looks and not by the clock: a process that was suspended (a laptop asleep, a machine
 * paused) stood still together with everything else and must not be given up for it.
 */
export const standAfter = (before: Stand | undefined, next: bigint, end: bigint): Stand => ({
  next,
  looks: before?.next === next && next < end ? before.looks + 1 : 0,
});

/**
 * Notices a reader that stands still while messages wait, which kafkajs does not: compares the end of each partition
 * assigned to this process with the stored position.
 */
export class Watchdog {
  private readonly admin: Admin;
  private assigned = new Map<string, readonly number[]>();
  private stands = new Map<string, Stand>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  stalled = false;

  constructor(private readonly options: WatchdogOptions) {
    this.admin = options.client.connect({ ...FAIL_FAST, retries: 1 }).admin();
  }

  async start(): Promise<void> {
    await this.admin.connect();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.admin.disconnect();
  }

  /** The group gave these partitions to this process, by physical topic. */
  assign(assignment: Record<string, readonly number[]>): void {
    const logical = ([topic, partitions]: [string, readonly number[]]) =>
      [this.options.client.logical(topic), partitions] as const;
    this.assigned = new Map(Object.entries(assignment).map(logical));
    this.stands = new Map();
  }

  private async look(): Promise<void> {
    // A slow answer must not let two looks count for one.
    if (this.looking) return;
    this.looking = true;
    try {
      const positions = await this.positions();
      for (const [topic, partitions] of this.assigned) {
        const ends = await this.admin.fetchTopicOffsets(this.options.client.physical(topic));
        for (const { partition, high } of ends) {
          if (!partitions.includes(partition)) continue;
          this.compare(topic, partition, positions.get(`${topic}/${partition}`) ?? 0n, BigInt(high));
        }
      }
    } catch (fault) {
      // Without broker or database nobody moves, and a restart would not help.
      this.stands = new Map();
      this.options.client.log.warn({ err: fault }, 'how far this reader is behind could not be found out');
    } finally {
      this.looking = false;
    }
  }

  private async positions(): Promise<Map<string, bigint>> {
    const rows = await this.options.database.rows<{ topic: string; partition: number; next_offset: string }>(
      'select topic, partition, next_offset from positions',
    );
    return new Map(rows.map((row) => [`${row.topic}/${row.partition}`, BigInt(row.next_offset)]));
  }

  private compare(topic: string, partition: number, next: bigint, end: bigint): void {
    lag.record(Number(end - next), { topic, partition });
    const place = `${topic}/${partition}`;
    if (next > end) {
      // The positions were read before the ends, so this is no race: the topic was made anew, and what it holds would be skipped.
      this.stalled = true;
      this.options.onStall(
        `${place} was read up to ${next} but ends at ${end}: the topic was made anew. ` +
          'To read it from its start, delete its rows in the table positions of this service',
      );
      return;
    }
    const stand = standAfter(this.stands.get(place), next, end);
    this.stands.set(place, stand);
    if (stand.looks * LOOK_EVERY_MS < this.options.stallMs) return;
    this.stalled = true;
    this.options.onStall(`${place} stands still at ${next} with ${end - next} messages waiting`);
  }
}
