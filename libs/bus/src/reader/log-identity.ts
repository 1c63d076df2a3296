import type { KafkaMessage } from 'kafkajs';
import { fingerprintOf } from './fingerprint.js';
import { partitionName, type PartitionBatch } from './partition-batch.js';
import type { StoredPosition } from './reader.store.js';

/** What the first batch after an assignment says about the log. */
export type Check =
  /** Read on; `skip` messages were read before and only identify the log. */
  | { readonly kind: 'same'; readonly skip: number }
  /** The fetch began before the seek: it is not what was asked for. */
  | { readonly kind: 'stale' }
  /** The log is another one: its offsets mean other messages. */
  | { readonly kind: 'other'; readonly reason: string };

/**
 * Notices a topic that was made anew, or a log that lost its end, below stored positions: a position says how far a log was
 * read, and means nothing for another log. Each partition is first read from its last known message, which must be there.
 */
export class LogIdentity {
  private readonly unverified = new Map<string, StoredPosition>();

  /** @returns for each partition the offset to seek to. */
  assign(positions: readonly StoredPosition[]): Map<string, bigint> {
    this.unverified.clear();
    const seeks = new Map<string, bigint>();
    for (const position of positions) {
      const next = BigInt(position.next_offset);
      const isKnown = next > 0n && position.last_hash !== null;
      if (isKnown) this.unverified.set(partitionName(position), position);
      seeks.set(partitionName(position), isKnown ? next - 1n : next);
    }
    return seeks;
  }

  /** Ends without a stored message are compared alone: less than was read means another log. */
  static shorterThan(position: StoredPosition, end: bigint): string | undefined {
    if (BigInt(position.next_offset) <= end) return undefined;
    return `${partitionName(position)} was read up to ${position.next_offset} but ends at ${end}`;
  }

  check(batch: Pick<PartitionBatch, 'topic' | 'partition'>, messages: readonly KafkaMessage[]): Check {
    const name = partitionName(batch);
    const expected = this.unverified.get(name);
    if (!expected) return { kind: 'same', skip: 0 };
    const last = BigInt(expected.next_offset) - 1n;
    const first = messages[0]!;
    const offset = BigInt(first.offset);
    if (offset < last) return { kind: 'stale' };
    this.unverified.delete(name);
    // Deleted by retention meanwhile: nothing to compare with.
    if (offset > last) return { kind: 'same', skip: 0 };
    const { timestamp, hash } = fingerprintOf(first);
    if (timestamp === expected.last_timestamp && hash === Number(expected.last_hash))
      return { kind: 'same', skip: 1 };
    return {
      kind: 'other',
      reason: `${name} holds another message at offset ${last} than the one that was read there`,
    };
  }
}
