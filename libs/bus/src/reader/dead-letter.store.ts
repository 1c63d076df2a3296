import type { Transaction } from '../database/database.js';
import { columnsOf, headersFrom, shortReason, type DeadLetter, type DeadLetterState } from './dead-letter.js';
import { fingerprintOf } from './fingerprint.js';
import { positionIn, type PartitionBatch } from './partition-batch.js';

export interface RequestedLetter {
  readonly id: string;
  readonly letter: DeadLetter;
}

interface LetterRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly record_offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, string[]>;
  readonly timestamp: string;
  readonly reason: string;
}

/** Stores messages with the position of the reader in one commit. One that is a letter already changes nothing. */
export const addDeadLetters = async (
  tx: Transaction,
  reader: string,
  letters: readonly DeadLetter[],
): Promise<void> => {
  if (letters.length === 0) return;
  const columns = letters.map(({ message }) => columnsOf(message));
  await tx.rows(
    `insert into dead_letters
       (reader, topic, partition, record_offset, hash, type, source, subject, sequence, key, value, headers, timestamp, reason)
     select $1, * from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[],
       $9::bigint[], $10::bytea[], $11::bytea[], $12::json[], $13::bigint[], $14::text[])
     on conflict (reader, topic, partition, record_offset, hash) do nothing`,
    [
      reader,
      letters.map(({ position }) => position.topic),
      letters.map(({ position }) => position.partition),
      letters.map(({ position }) => position.offset.toString()),
      columns.map(({ hash }) => hash),
      columns.map(({ type }) => type),
      columns.map(({ source }) => source),
      columns.map(({ subject }) => subject),
      columns.map(({ sequence }) => sequence),
      letters.map(({ message }) => message.key),
      letters.map(({ message }) => message.value),
      columns.map(({ headers }) => headers),
      columns.map(({ timestamp }) => timestamp),
      letters.map(({ reason }) => shortReason(reason)),
    ],
  );
};

/** Locks the letters of a reader that were put back, oldest version of each subject first; letters locked elsewhere are left out. */
export const lockRequested = async (
  tx: Transaction,
  reader: string,
  limit: number,
): Promise<RequestedLetter[]> => {
  const rows = await tx.rows<LetterRow>(
    `select id, topic, partition, record_offset, key, value, headers, timestamp, reason from dead_letters
     where reader = $1 and state = 'requested'
     order by source, subject, sequence, id limit $2 for update skip locked`,
    [reader, limit],
  );
  return rows.map((row) => ({ id: row.id, letter: letterOf(row) }));
};

const letterOf = (row: LetterRow): DeadLetter => ({
  position: { topic: row.topic, partition: row.partition, offset: BigInt(row.record_offset) },
  reason: row.reason,
  message: {
    key: row.key,
    value: row.value,
    timestamp: row.timestamp,
    attributes: 0,
    offset: row.record_offset,
    headers: headersFrom(row.headers),
  },
});

/** Ends a letter, or returns it to `waiting` with the new reason. */
export const settleLetter = async (
  tx: Transaction,
  id: string,
  state: DeadLetterState,
  reason: string,
): Promise<void> => {
  await tx.rows(
    `update dead_letters set state = $2, reason = $3, tries = tries + 1,
       resolved_at = case when $2 in ('done', 'waived') then now() end
     where id = $1`,
    [id, state, shortReason(reason)],
  );
};

/** Ends the open letters of messages that were handled when their partition was read again after a rewind. */
export const endReread = async (
  tx: Transaction,
  reader: string,
  batches: readonly PartitionBatch[],
  handled: ReadonlySet<string>,
): Promise<void> => {
  const messages = batches.flatMap((batch) =>
    batch.messages
      .filter((message) => handled.has(keyOf(batch, message.offset)))
      .map((message) => ({ position: positionIn(batch, message), hash: fingerprintOf(message).hash })),
  );
  if (messages.length === 0) return;
  await tx.rows(
    `update dead_letters set state = 'done', resolved_at = now()
     from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) as handled (topic, partition, record_offset, hash)
     where reader = $1 and state in ('waiting', 'requested') and dead_letters.topic = handled.topic
       and dead_letters.partition = handled.partition and dead_letters.record_offset = handled.record_offset
       and dead_letters.hash = handled.hash`,
    [
      reader,
      messages.map(({ position }) => position.topic),
      messages.map(({ position }) => position.partition),
      messages.map(({ position }) => position.offset.toString()),
      messages.map(({ hash }) => hash),
    ],
  );
};

/** Names a record among those of some batches. */
export const keyOf = (
  { topic, partition }: { readonly topic: string; readonly partition: number },
  offset: string | bigint,
): string => `${topic}/${partition}/${offset}`;
