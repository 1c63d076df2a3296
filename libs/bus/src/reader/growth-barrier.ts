import type { Admin } from 'kafkajs';
import type { Database } from '../database/database.js';
import type { BusClient } from '../kafka/bus-client.js';
import { partitionName } from './partition-batch.js';
import { positionsOfTopic, setBarrier, type Barrier, type StoredPosition } from './reader.store.js';

interface Partition {
  readonly topic: string;
  readonly partition: number;
}

export interface GrowthBarrierOptions {
  readonly client: BusClient;
  readonly admin: Admin;
  readonly database: Database;
  readonly key: string;
}

/**
 * Keeps the order of a subject when its topic gets more partitions: the key of a subject may move to a new partition while
 * older events of it are unread in the old one. A new partition is read only after the older partitions have been read up to
 * where they ended when the first message arrived in the new one: publishers place a subject's later events by the larger
 * number from then on.
 */
export class GrowthBarrier {
  private readonly barriers = new Map<string, Barrier>();

  constructor(private readonly options: GrowthBarrierOptions) {}

  /** Takes the barriers of the partitions assigned to this process. */
  assign(positions: readonly StoredPosition[]): void {
    this.barriers.clear();
    for (const { topic, partition, barrier } of positions)
      if (barrier) this.barriers.set(partitionName({ topic, partition }), barrier);
  }

  /** Whether the partition may be read now; to be asked again later where not. */
  async isOpen(partition: Partition): Promise<boolean> {
    const name = partitionName(partition);
    const barrier = this.barriers.get(name);
    if (!barrier) return true;
    const ends = barrier.ends ?? (await this.endsOfOthers(partition));
    if (!barrier.ends) {
      this.barriers.set(name, { ends });
      await this.store(partition, { ends });
    }
    const { database, key } = this.options;
    const positions = await positionsOfTopic(database, key, partition.topic);
    const isReached = Object.entries(ends).every(
      ([other, end]) => (positions.get(Number(other)) ?? 0n) >= BigInt(end),
    );
    if (!isReached) return false;
    this.barriers.delete(name);
    await this.store(partition, null);
    return true;
  }

  private store(partition: Partition, barrier: Barrier | null): Promise<unknown> {
    return setBarrier(this.options.database, this.options.key, partition, barrier);
  }

  /** The ends of the partitions that were there before: those without a barrier of their own. */
  private async endsOfOthers({ topic }: Partition): Promise<Record<string, string>> {
    const { admin, client } = this.options;
    const ends = await admin.fetchTopicOffsets(client.physical(topic));
    return Object.fromEntries(
      ends
        .filter(({ partition }) => !this.barriers.has(partitionName({ topic, partition })))
        .map(({ partition, high }) => [String(partition), high]),
    );
  }
}
