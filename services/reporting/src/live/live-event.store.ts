import { Database, type Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { LiveEvent } from './live-event.js';

/** Who was away for longer than this many events starts anew. */
const KEPT_EVENTS = 10_000;

export interface KeptEvent {
  readonly id: string;
  readonly type: LiveEvent['type'];
  /** JSON. */
  readonly data: string;
}

@Injectable()
export class LiveEventStore {
  constructor(private readonly database: Database) {}

  /**
   * Keeps events and wakes every process that streams. Must be the last statement of a handler: the counter's row stays
   * locked until the commit, so that ids become visible in their order; nobody waits longer than for that commit.
   *
   * The commit does not wait for the disk. Nobody was promised anything: should the database die within that moment, facts
   * and position are lost together, and the messages are read again.
   */
  async append(tx: Transaction, events: readonly LiveEvent[], newestAt: Date): Promise<void> {
    await tx.rows(
      `with counted as (
         update live_counter set last_id = last_id + cardinality($1::text[]), newest_at = greatest(newest_at, $3)
         returning last_id
       ), kept as (
         insert into live_events (id, type, data)
         select last_id - cardinality($1::text[]) + at, type, data::json
         from counted, unnest($1::text[], $2::text[]) with ordinality as e (type, data, at)
       )
       select pg_notify('live:' || current_schema(), ''), set_config('synchronous_commit', 'off', true)`,
      [events.map((event) => event.type), events.map((event) => JSON.stringify(event.data)), newestAt],
    );
  }

  /** The oldest events after `id`, at most `limit`. */
  after(id: bigint, limit: number): Promise<KeptEvent[]> {
    return this.database.rows<KeptEvent>(
      'select id, type, data::text as data from live_events where id > $1 order by id limit $2',
      [id.toString(), limit],
    );
  }

  /** The id of the newest event; 0 before the first. */
  async last(): Promise<bigint> {
    const [row] = await this.database.rows<{ last_id: string }>('select last_id from live_counter');
    return BigInt(row?.last_id ?? 0);
  }

  /** Forgets all but the newest {@link KEPT_EVENTS}. */
  async forget(): Promise<void> {
    await this.database.rows(
      'delete from live_events where id <= (select last_id - $1::bigint from live_counter)',
      [KEPT_EVENTS],
    );
  }
}
