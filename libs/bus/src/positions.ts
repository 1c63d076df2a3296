import type { Transaction } from './database.js';
import type { Place, Received } from './message.js';

type Partition = Pick<Place, 'topic' | 'partition'>;

/** Names a partition in maps and log lines. */
export const partitionName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

/**
 * Locks the position rows of some partitions, always in the same order, and gives by {@link partitionName} the offset
 * the next message of each has; 0 for a partition never read.
 */
export const lockPositions = async (
  tx: Transaction,
  partitions: readonly Partition[],
): Promise<Map<string, bigint>> => {
  const asked = [partitions.map((p) => p.topic), partitions.map((p) => p.partition)];
  const select = async () =>
    new Map(
      (
        await tx.rows<{ topic: string; partition: number; next_offset: string }>(
          `select topic, partition, next_offset from positions
           where (topic, partition) in (select * from unnest($1::text[], $2::int[]))
           order by topic, partition for update`,
          asked,
        )
      ).map((row) => [partitionName(row), BigInt(row.next_offset)]),
    );
  const found = await select();
  if (found.size === new Set(partitions.map(partitionName)).size) return found;
  await tx.rows(
    `insert into positions (topic, partition)
     select * from unnest($1::text[], $2::int[]) as t (topic, partition) order by 1, 2 on conflict do nothing`,
    asked,
  );
  return select();
};

/** Moves locked positions to where the next message of each partition is. */
export const storePositions = async (tx: Transaction, next: readonly Place[]): Promise<void> => {
  await tx.rows(
    `update positions set next_offset = t.next_offset
     from unnest($1::text[], $2::int[], $3::bigint[]) as t (topic, partition, next_offset)
     where positions.topic = t.topic and positions.partition = t.partition`,
    [next.map((p) => p.topic), next.map((p) => p.partition), next.map((p) => p.offset.toString())],
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
  const things = new Map(versioned.map((message) => [thingOf(message), message]));
  const sources = [...things.values()].map((message) => message.source);
  const subjects = [...things.values()].map((message) => message.subject);
  const seen = new Map(
    (
      await tx.rows<{ source: string; subject: string; sequence: string }>(
        `select source, subject, sequence from versions
         join unnest($1::text[], $2::text[]) as t (source, subject) using (source, subject)`,
        [sources, subjects],
      )
    ).map((row) => [thingOf(row), Number(row.sequence)]),
  );
  const moved = new Map<string, Received>();
  const newer = messages.filter((message) => {
    if (message.sequence === undefined) return true;
    const thing = thingOf(message);
    if (message.sequence <= (seen.get(thing) ?? -1)) return false;
    seen.set(thing, message.sequence);
    moved.set(thing, message);
    return true;
  });
  if (moved.size > 0) {
    const latest = [...moved.values()];
    await tx.rows(
      `insert into versions (source, subject, sequence)
       select * from unnest($1::text[], $2::text[], $3::bigint[])
       on conflict (source, subject) do update set sequence = excluded.sequence`,
      [latest.map((m) => m.source), latest.map((m) => m.subject), latest.map((m) => m.sequence)],
    );
  }
  return newer;
};

const thingOf = ({ source, subject }: { source: string; subject: string }): string => `${source}\n${subject}`;
