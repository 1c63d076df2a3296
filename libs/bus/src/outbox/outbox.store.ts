import { escapeLiteral } from 'pg';
import type { Transaction } from '../database/database.js';

/** Rows looked at for one publish. */
const MAX_ROWS = 256;
/** Bytes of the rows of one publish; one row alone may exceed it. */
const MAX_BYTES = 2 * 1024 * 1024;

interface OutboxRow {
  readonly id: string;
  readonly bytes: number;
  /** Null where the caller holds the messages. */
  readonly frames: Buffer | null;
  readonly partitions: Record<string, number> | null;
  readonly more: boolean;
}

/** Queries of the outbox table. */
export class OutboxRows {
  /** Stores the messages of one transaction; the id orders it among all. */
  async add(tx: Transaction, frames: Buffer): Promise<string> {
    const [row] = await tx.rows<{ id: string }>(
      'insert into outbox (bytes, messages) values ($1, $2) returning id',
      [frames.length, frames],
    );
    return row!.id;
  }

  /**
   * Waits for its turn among the publishers of the service, then selects the oldest rows. To open a transaction with.
   *
   * @param held rows whose messages need not be read.
   */
  opening(held: readonly string[]): string {
    return `select pg_advisory_xact_lock(hashtext(current_schema() || '.outbox'));
      select id, bytes, case when id = any(${listOf(held)}) then null else messages end as frames,
        (select json_object_agg(topic, partitions) from outbox_partitions) as partitions,
        total > ${MAX_BYTES} or place = ${MAX_ROWS} as more
      from (
        select *, sum(bytes) over (order by id) as total, row_number() over (order by id) as place
        from (select * from outbox order by id limit ${MAX_ROWS}) as oldest
      ) as page
      where total - bytes < ${MAX_BYTES} order by id`;
  }

  /** The rows that {@link opening} selected, and how many partitions keys are spread over, by topic. */
  read(page: OutboxRow[]): {
    rows: readonly OutboxRow[];
    partitions: ReadonlyMap<string, number>;
    more: boolean;
  } {
    return {
      rows: page,
      partitions: new Map(Object.entries(page[0]?.partitions ?? {})),
      more: page.at(-1)?.more ?? false,
    };
  }

  delete(tx: Transaction, ids: readonly string[]): void {
    tx.atCommit(`delete from outbox where id = any(${listOf(ids)})`);
  }

  /**
   * Stores a number of partitions that has grown. All publishers of the service read it under the lock, so none of them
   * places a later event of a subject by an older number.
   */
  raisePartitions(
    tx: Transaction,
    stored: ReadonlyMap<string, number>,
    current: ReadonlyMap<string, number>,
  ): void {
    for (const [topic, count] of current) {
      if (count <= (stored.get(topic) ?? 0)) continue;
      tx.atCommit(
        `insert into outbox_partitions values (${escapeLiteral(topic)}, ${count})
         on conflict (topic) do update set partitions = greatest(outbox_partitions.partitions, excluded.partitions)`,
      );
    }
  }
}

const listOf = (ids: readonly string[]): string => `'{${ids.join(',')}}'::bigint[]`;
