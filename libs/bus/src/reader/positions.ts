import { escapeLiteral } from 'pg';
import type { Transaction } from '../database/database.js';
import { fingerprintOf } from './fingerprint.js';
import { endOf, partitionName, type PartitionBatch } from './partition-batch.js';

type Partition = Pick<PartitionBatch, 'topic' | 'partition'>;

/** A reader's row of one partition. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
  readonly reread_until: string;
}

const listOf = (partitions: readonly Partition[]): string =>
  partitions.map((p) => `(${escapeLiteral(p.topic)}, ${p.partition})`).join(', ');

/** Locks a reader's rows of some partitions, always in the same order. To open a transaction with. */
export const lockingPositions = (reader: string, partitions: readonly Partition[]): string =>
  `select topic, partition, next_offset, reread_until from positions
   where reader = ${escapeLiteral(reader)} and (topic, partition) in (${listOf(partitions)})
   order by topic, partition for update`;

/**
 * The rows that {@link lockingPositions} locked, by {@link partitionName}; rows are made for partitions without one.
 */
export const positionsOf = async (
  tx: Transaction,
  reader: string,
  partitions: readonly Partition[],
  locked: readonly Position[],
): Promise<ReadonlyMap<string, Position>> => {
  let rows = locked;
  if (rows.length < partitions.length) {
    await tx.rows(
      `insert into positions (reader, topic, partition)
       select $1, * from unnest($2::text[], $3::int[]) as t (topic, partition) order by 2, 3 on conflict do nothing`,
      [reader, partitions.map((p) => p.topic), partitions.map((p) => p.partition)],
    );
    rows = await tx.rows<Position>(lockingPositions(reader, partitions));
  }
  return new Map(rows.map((row) => [partitionName(row), row]));
};

/** Moves locked positions behind these batches, with the commit. */
export const storePositions = (tx: Transaction, reader: string, batches: readonly PartitionBatch[]): void => {
  const moved = batches
    .map((batch) => {
      const { timestamp, hash } = fingerprintOf(batch.messages.at(-1)!);
      return `(${escapeLiteral(batch.topic)}, ${batch.partition}, ${endOf(batch)}, ${timestamp}, ${hash})`;
    })
    .join(', ');
  tx.atCommit(
    `update positions set next_offset = moved.next_offset, last_timestamp = moved.timestamp, last_hash = moved.hash
     from (values ${moved}) as moved (topic, partition, next_offset, timestamp, hash)
     where positions.reader = ${escapeLiteral(reader)}
       and positions.topic = moved.topic and positions.partition = moved.partition`,
  );
};
