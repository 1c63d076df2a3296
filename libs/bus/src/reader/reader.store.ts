import { Database, type Transaction } from '../database/database.js';

/** A reader's row: what all processes of the service know of it. */
export interface ReaderRow {
  readonly reader: string;
  readonly version: number;
  readonly generation: number;
  readonly cluster_id: string | null;
  readonly rebuild: 'requested' | 'running' | null;
}

/** A reader's position in one partition, as it stands when the partition is assigned. */
export interface StoredPosition {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
  readonly last_timestamp: string | null;
  readonly last_hash: string | null;
  readonly barrier: Barrier | null;
}

/**
 * What must be read before a partition that was added later: by partition, the offset to reach. `null`: to be determined when
 * its first message has arrived.
 */
export interface Barrier {
  readonly ends: Readonly<Record<string, string>> | null;
}

/** Makes the reader's row, and one for each partition it has none of; returns the row and its positions. */
export const prepareReader = (
  database: Database,
  { key, version }: { readonly key: string; readonly version: number },
  partitions: ReadonlyMap<string, number>,
): Promise<{ row: ReaderRow; positions: StoredPosition[] }> =>
  database.transaction(async (tx) => {
    await tx.rows('insert into readers (reader, version) values ($1, $2) on conflict do nothing', [
      key,
      version,
    ]);
    // One process at a time, so that a partition that was added is not taken for one of a new reader.
    const [row] = await tx.rows<ReaderRow>('select * from readers where reader = $1 for update', [key]);
    await addPartitions(tx, key, partitions);
    const positions = await tx.rows<StoredPosition>(
      `select topic, partition, next_offset, last_timestamp, last_hash, barrier from positions where reader = $1`,
      [key],
    );
    return { row: row!, positions };
  });

/** A reader that has rows of a topic gets further ones with a barrier: the topic has grown. */
const addPartitions = async (
  tx: Transaction,
  key: string,
  partitions: ReadonlyMap<string, number>,
): Promise<void> => {
  await tx.rows(
    `insert into positions (reader, topic, partition, barrier)
     select $1, topic, partition,
       case when exists (select from positions where reader = $1 and positions.topic = t.topic)
         then '{"ends": null}'::jsonb end
     from unnest($2::text[], $3::int[]) as t (topic, partitions), generate_series(0, partitions - 1) as partition
     on conflict do nothing`,
    [key, [...partitions.keys()], [...partitions.values()]],
  );
};

export const setClusterId = (database: Database, key: string, clusterId: string): Promise<unknown> =>
  database.rows('update readers set cluster_id = $2 where reader = $1', [key, clusterId]);

export const readerRow = async (database: Database, key: string): Promise<ReaderRow | undefined> =>
  (await database.rows<ReaderRow>('select * from readers where reader = $1', [key]))[0];

/** Positions of a topic by partition. */
export const positionsOfTopic = async (
  database: Database,
  key: string,
  topic: string,
): Promise<Map<number, bigint>> => {
  const rows = await database.rows<{ partition: number; next_offset: string }>(
    'select partition, next_offset from positions where reader = $1 and topic = $2',
    [key, topic],
  );
  return new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
};

export const setBarrier = (
  database: Database,
  key: string,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  barrier: Barrier | null,
): Promise<unknown> =>
  database.rows('update positions set barrier = $4 where reader = $1 and topic = $2 and partition = $3', [
    key,
    topic,
    partition,
    barrier === null ? null : JSON.stringify(barrier),
  ]);

/**
 * Sets a reader back to the start of its topics, or of one. What it has handled before is recognised and skipped; letters of
 * messages that are handled now are ended.
 */
export const rewindReader = (database: Database, key: string, topic: string | null): Promise<boolean> =>
  database.transaction(async (tx) => {
    const rows = await tx.rows(
      `update readers set generation = generation + 1, cluster_id = null where reader = $1 returning 1`,
      [key],
    );
    await tx.rows(
      `update positions set reread_until = greatest(reread_until, next_offset), next_offset = 0,
         last_timestamp = null, last_hash = null, barrier = null
       where reader = $1 and ($2::text is null or topic = $2)`,
      [key, topic],
    );
    return rows.length > 0;
  });

/** @returns whether the reader exists and is not being rebuilt already. */
export const requestRebuild = async (database: Database, key: string): Promise<boolean> =>
  (
    await database.rows<object>(
      `with requested as (
         update readers set rebuild = 'requested', rebuild_since = now() where reader = $1 and rebuild is null returning 1
       ) select * from requested`,
      [key],
    )
  ).length > 0;
