import type { Transaction } from './database.js';
import type { Place, Received } from './message.js';

/** Locks a partition's position row and gives the offset its next message has; 0 for a partition never read. */
export const lockPosition = async (tx: Transaction, topic: string, partition: number): Promise<bigint> => {
  const select = 'select next_offset from positions where topic = $1 and partition = $2 for update';
  let [row] = await tx.rows<{ next_offset: string }>(select, [topic, partition]);
  if (!row) {
    await tx.rows('insert into positions (topic, partition) values ($1, $2) on conflict do nothing', [
      topic,
      partition,
    ]);
    [row] = await tx.rows<{ next_offset: string }>(select, [topic, partition]);
  }
  return BigInt(row!.next_offset);
};

export const storePosition = async (tx: Transaction, { topic, partition, offset }: Place): Promise<void> => {
  await tx.rows('update positions set next_offset = $3 where topic = $1 and partition = $2', [
    topic,
    partition,
    offset.toString(),
  ]);
};

/**
 * Leaves out what this service has seen: of each thing only versions newer than the last one read, in order; and
 * remembers the newest. Messages without a version pass. The keys of a thing are read by one consumer at a time (one
 * partition, under its position's lock), so no other transaction moves these rows.
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
