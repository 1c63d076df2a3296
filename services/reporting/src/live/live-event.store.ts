import { Database, type RecordPosition, type Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { LiveEvent } from './live-event.js';

/** Max events kept of each partition; a client that was away for longer gets these. */
const MAX_KEPT_PER_PARTITION = 5_000;
/** Max age of an event, ms: events contain names of sellers. */
const MAX_AGE_MS = 24 * 60 * 60 * 1_000;
/** Max rows of one `delete`, so that it holds its locks and its connection only briefly. */
const MAX_DELETED = 1_000;

/** An event to store, with the position of the message it follows from. */
export type PositionedEvent = LiveEvent & { readonly position: RecordPosition };

/** Writes the events of the live stream and deletes old ones. */
@Injectable()
export class LiveEventStore {
  constructor(private readonly database: Database) {}

  /**
   * Numbers the events within their partitions and notifies every process of the service at the commit. The row of a partition
   * stays locked until then, so sequences become visible in order; transactions on other partitions do not wait.
   *
   * The commit does not wait for the disk: should the database crash at that moment, events and positions are lost together,
   * and the messages are read again.
   */
  async append(tx: Transaction, events: readonly PositionedEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.rows(
      `with given as (
         select * from unnest($1::text[], $2::int[], $3::text[], $4::text[]) with ordinality
           as g (topic, partition, type, data, nr)
       ), counted as (
         insert into live_partitions as p (topic, partition, last_sequence, last_stored_at)
         select topic, partition, count(*), clock_timestamp() from given group by 1, 2 order by 1, 2
         on conflict (topic, partition) do update set last_sequence = p.last_sequence + excluded.last_sequence,
           last_stored_at = greatest(p.last_stored_at, clock_timestamp())
         returning topic, partition, last_sequence, last_stored_at
       ), stored as (
         insert into live_events (topic, partition, sequence, stored_at, type, data)
         select topic, partition,
           last_sequence + 1 - row_number() over (partition by topic, partition order by nr desc), last_stored_at, type, data::json
         from given join counted using (topic, partition)
       )
       select pg_notify('live:' || current_schema(), ''), set_config('synchronous_commit', 'off', true)`,
      [
        events.map(({ position }) => position.topic),
        events.map(({ position }) => position.partition),
        events.map(({ type }) => type),
        events.map(({ data }) => JSON.stringify(data)),
      ],
    );
  }

  /** Deletes events over the limits of number and age, one slice after the other. @returns how many */
  async deleteOld(now: Date): Promise<number> {
    const overNumber = await this.deleteSlices(
      `select old.ctid from live_partitions p cross join lateral (
         select ctid from live_events e
         where e.topic = p.topic and e.partition = p.partition and e.sequence <= p.last_sequence - $1
         order by e.sequence limit ${MAX_DELETED} for update skip locked
       ) old limit ${MAX_DELETED}`,
      MAX_KEPT_PER_PARTITION,
    );
    const overAge = await this.deleteSlices(
      `select ctid from live_events where stored_at < $1 order by stored_at limit ${MAX_DELETED} for update skip locked`,
      new Date(now.getTime() - MAX_AGE_MS),
    );
    return overNumber + overAge;
  }

  private async deleteSlices(selection: string, limit: number | Date): Promise<number> {
    for (let total = 0; ;) {
      const [row] = await this.database.rows<{ deleted: number }>(
        `with deleted as (delete from live_events where ctid = any(array(${selection})) returning 1)
         select count(*)::int as deleted from deleted`,
        [limit],
      );
      total += row!.deleted;
      if (row!.deleted < MAX_DELETED) return total;
    }
  }
}
