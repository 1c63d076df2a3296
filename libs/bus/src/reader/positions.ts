import { escapeLiteral } from 'pg';
import type { Transaction } from '../database/database.js';
import type { RecordPosition, Received } from '../event/message.js';

type Partition = Pick<RecordPosition, 'topic' | 'partition'>;

/** Names a partition in maps and log lines. */
export const partitionName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

const listOf = (partitions: readonly Partition[]): string =>
  partitions.map((p) => `(${escapeLiteral(p.topic)}, ${p.partition})`).join(', ');

/** Locks the position rows of some partitions, always in the same order. To open a transaction with. */
export const lockingPositions = (partitions: readonly Partition[]): string =>
  `select topic, partition, next_offset from positions where (topic, partition) in (${listOf(partitions)})
   order by topic, partition for update`;

/**
 * By {@link partitionName} the offset the next message of each partition has; 0 for a partition never read.
 *
 * @param locked what {@link lockingPositions} found.
 */
export const positionsOf = async (
  tx: Transaction,
  partitions: readonly Partition[],
  locked: readonly Position[],
): Promise<Map<string, bigint>> => {
  let rows = locked;
  if (rows.length < partitions.length) {
    await tx.rows(
      `insert into positions (topic, partition)
       select * from unnest($1::text[], $2::int[]) as t (topic, partition) order by 1, 2 on conflict do nothing`,
      [partitions.map((p) => p.topic), partitions.map((p) => p.partition)],
    );
    rows = await tx.rows<Position>(lockingPositions(partitions));
  }
  return new Map(rows.map((row) => [partitionName(row), BigInt(row.next_offset)]));
};

/** Moves locked positions to where the next message of each partition is, with the commit. */
export const storePositions = (tx: Transaction, next: readonly RecordPosition[]): void => {
  const moved = next.map((p) => `(${escapeLiteral(p.topic)}, ${p.partition}, ${p.offset})`).join(', ');
  tx.atCommit(
    `update positions set next_offset = moved.next_offset from (values ${moved}) as moved (topic, partition, next_offset)
     where positions.topic = moved.topic and positions.partition = moved.partition`,
  );
};

/**
 * Leaves out what this service has seen: of each thing only versions newer than the last one read, in order; and
 * remembers the newest. Messages without a version pass. The keys of a thing are read by one consumer at a time (they
 * share a partition, whose position is locked), so no other transaction moves these rows.
 */
export const onlyNewer = async (tx: Transaction, messages: readonly Received[]): Promise<Received[]> => {
  const versioned = messages.filter((message) => message.sequence !== undefined);
  if (versioned.length === 0) return [...messages];
  const things = new Map<string, Received>();
  for (const message of versioned) {
    const other = things.get(thingOf(message));
    if (!other || message.sequence! > other.sequence!) things.set(thingOf(message), message);
  }
  const sources = [...things.values()].map((message) => message.source);
  const subjects = [...things.values()].map((message) => message.subject);
  const newest = [...things.values()].map((message) => message.sequence);
  // Both halves of the statement see the table as it was before it.
  const seen = new Map(
    (
      await tx.rows<{ source: string; subject: string; sequence: string }>(
        `with given as (select * from unnest($1::text[], $2::text[], $3::bigint[]) as t (source, subject, sequence)),
         moved as (
           insert into versions select * from given
           on conflict (source, subject) do update set sequence = excluded.sequence
           where versions.sequence < excluded.sequence
         )
         select source, subject, versions.sequence from versions join given using (source, subject)`,
        [sources, subjects, newest],
      )
    ).map((row) => [thingOf(row), Number(row.sequence)]),
  );
  return messages.filter((message) => {
    if (message.sequence === undefined) return true;
    const thing = thingOf(message);
    if (message.sequence <= (seen.get(thing) ?? -1)) return false;
    seen.set(thing, message.sequence);
    return true;
  });
};

const thingOf = ({ source, subject }: { source: string; subject: string }): string => `${source}\n${subject}`;
