import type { Transaction } from '../database/database.js';
import type { Received } from '../event/message.js';

/** A received event with what recognises its content. */
export interface Sequenced {
  readonly event: Received;
  /** CRC-32 of the event as it was published. */
  readonly hash: number;
}

/** What a reader has seen of a batch before. */
export interface Sorted {
  /** Not seen before, in order. */
  readonly fresh: readonly Received[];
  readonly duplicates: number;
  /** The version was seen before, with another content. */
  readonly conflicts: readonly Sequenced[];
}

/**
 * Clocks of two processes of one service may differ by this much, ms: an older version that was decided later than that after
 * the newest one is no duplicate.
 */
const MAX_CLOCK_SKEW_MS = 5_000;

interface Seen {
  readonly sequence: number;
  readonly hash: number;
  /** When it was decided, ms since 1970. */
  readonly at: number;
}

/**
 * Leaves out what the reader has seen: of each subject only versions newer than the last one pass, in order; and remembers the
 * newest. Messages without a version pass. A version that comes again with another content is a conflict: its producer's
 * database was set back, and decided otherwise since.
 *
 * The keys of a subject are read by one consumer at a time (they share a partition, whose position is locked), so no other
 * transaction moves these rows.
 */
export const sortSeen = async (
  tx: Transaction,
  reader: string,
  messages: readonly Sequenced[],
): Promise<Sorted> => {
  const versioned = messages.filter(({ event }) => event.sequence !== undefined);
  if (versioned.length === 0)
    return { fresh: messages.map(({ event }) => event), duplicates: 0, conflicts: [] };
  const seen = await remember(tx, reader, newestOf(versioned));
  const fresh: Received[] = [];
  const conflicts: Sequenced[] = [];
  for (const message of messages) {
    const { event, hash } = message;
    const before = event.sequence === undefined ? undefined : seen.get(subjectOf(event));
    if (event.sequence === undefined || before === undefined || event.sequence > before.sequence) {
      fresh.push(event);
      if (event.sequence !== undefined)
        seen.set(subjectOf(event), { sequence: event.sequence, hash, at: event.time.getTime() });
    } else if (conflictsWith(before, message)) conflicts.push(message);
  }
  return { fresh, duplicates: messages.length - fresh.length - conflicts.length, conflicts };
};

const conflictsWith = (seen: Seen, { event, hash }: Sequenced): boolean =>
  event.sequence === seen.sequence ? hash !== seen.hash : event.time.getTime() > seen.at + MAX_CLOCK_SKEW_MS;

const newestOf = (messages: readonly Sequenced[]): Sequenced[] => {
  const newest = new Map<string, Sequenced>();
  for (const message of messages) {
    const other = newest.get(subjectOf(message.event));
    if (!other || message.event.sequence! > other.event.sequence!)
      newest.set(subjectOf(message.event), message);
  }
  // In one order, so that two transactions that share subjects cannot deadlock.
  return [...newest.values()].sort((one, other) => (subjectOf(one.event) < subjectOf(other.event) ? -1 : 1));
};

/** Stores the newest versions and returns what was stored before. */
const remember = async (
  tx: Transaction,
  reader: string,
  newest: readonly Sequenced[],
): Promise<Map<string, Seen>> => {
  // Both halves of the statement see the table as it was before it.
  const rows = await tx.rows<{
    source: string;
    subject: string;
    sequence: string;
    hash: string;
    at: Date;
  }>(
    `with given as (
       select $1 as reader, * from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])
         as t (source, subject, sequence, hash, at)
     ), moved as (
       insert into sequences (reader, source, subject, sequence, hash, at) select * from given
       on conflict (reader, source, subject) do update
         set sequence = excluded.sequence, hash = excluded.hash, at = excluded.at
       where sequences.sequence < excluded.sequence
     )
     select source, subject, sequences.sequence, sequences.hash, sequences.at
     from sequences join given using (reader, source, subject)`,
    [
      reader,
      newest.map(({ event }) => event.source),
      newest.map(({ event }) => event.subject),
      newest.map(({ event }) => event.sequence),
      newest.map(({ hash }) => hash),
      newest.map(({ event }) => event.time.toISOString()),
    ],
  );
  return new Map(
    rows.map((row) => [
      subjectOf(row),
      { sequence: Number(row.sequence), hash: Number(row.hash), at: row.at.getTime() },
    ]),
  );
};

const subjectOf = ({ source, subject }: { source: string; subject: string }): string =>
  `${source}\n${subject}`;
