import { Database, WHILE_NOBODY_ERASES, type Transaction } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';

/** An event to hold. */
export interface HeldEvent {
  readonly sourceId: string;
  readonly receivedAt: string;
  /** The activity as JSON. */
  readonly json: string;
}

export interface HeldSource {
  readonly sourceId: string;
  readonly eventsPerDay: number | null;
}

/** Held events that were taken out. */
export interface Released {
  readonly published: number;
  /** Dropped: their persons were erased. */
  readonly erased: number;
}

/** One process releases at a time. */
const LOCK = `select pg_try_advisory_xact_lock(hashtext(current_schema() || '.held_events')) as locked`;

/** Events over the quota of their source, until they are released. */
@Injectable()
export class HeldEventsStore {
  constructor(private readonly database: Database) {}

  /** Resolves when they are durable. */
  async hold(events: readonly HeldEvent[]): Promise<void> {
    await this.database.rows(
      `insert into held_events (source_id, received_at, activity)
       select * from unnest($1::text[], $2::timestamptz[], $3::text[])`,
      [
        events.map(({ sourceId }) => sourceId),
        events.map(({ receivedAt }) => receivedAt),
        events.map(({ json }) => json),
      ],
    );
  }

  /** Number of held events by source, counted up to `max`. */
  async counts(max: number): Promise<Map<string, number>> {
    const rows = await this.database.rows<{ sourceId: string; held: number }>(
      `select id as "sourceId", (select count(*)::int from
         (select from held_events where source_id = sources.id limit $1) counted) as held from sources`,
      [max],
    );
    return new Map(rows.map(({ sourceId, held }) => [sourceId, held]));
  }

  sources(): Promise<HeldSource[]> {
    return this.database.rows<HeldSource>(
      `select id as "sourceId", events_per_day::float8 as "eventsPerDay" from sources
       where exists (select from held_events where source_id = sources.id)`,
    );
  }

  /**
   * Releases the oldest events of a source: they are deleted when `publish` has resolved. After a crash between the two they are
   * published again, with the same ids.
   *
   * @param publish gives how many were published; the others are dropped
   * @returns none also while another process releases
   */
  release(
    sourceId: string,
    limit: number,
    publish: (tx: Transaction, activities: ActivityRecordedV1[]) => Promise<number>,
  ): Promise<Released> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.rows<{ locked: boolean }>(LOCK);
      if (!lock?.locked) return { published: 0, erased: 0 };
      // Before the rows are locked: an erasure that waits for them has this lock.
      await tx.rows(WHILE_NOBODY_ERASES);
      const rows = await tx.rows<{ activity: string }>(
        `delete from held_events where id in (
           select id from held_events where source_id = $1 order by id limit $2) returning activity`,
        [sourceId, limit],
      );
      const published = await publish(
        tx,
        rows.map(({ activity }) => JSON.parse(activity) as ActivityRecordedV1),
      );
      return { published, erased: rows.length - published };
    });
  }
}
